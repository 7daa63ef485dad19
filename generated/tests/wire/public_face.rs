//! What the public face promises to the compiler.

use std::error::Error as StdError;

use conductorone::models::app::v2::GetConnectorUserOwnerResponse;
use conductorone::models::google::rpc::Status;
use conductorone::runtime::{AuthError, BuildError, DecodeError, TimeoutError, TransportError};
use conductorone::{
    ApiError, Client, ClientBuilder, Credentials, Error, Request, RequestOptions, Response,
};

use crate::setup::get_user_owner;
use crate::support::scan;

fn is_shareable<T: Send + Sync + 'static>() {}
fn is_movable<T: Send + 'static>(_: T) {}
fn is_error<T: StdError + Send + Sync + 'static>() {}

#[test]
fn values_may_go_to_other_threads() {
    is_shareable::<Client>();
    is_shareable::<ClientBuilder>();
    is_shareable::<Credentials>();
    is_shareable::<RequestOptions>();
    is_shareable::<Request<Status, GetConnectorUserOwnerResponse>>();
    is_shareable::<Response<GetConnectorUserOwnerResponse>>();
    is_error::<Error>();
    is_error::<ApiError>();
    is_error::<AuthError>();
    is_error::<BuildError>();
    is_error::<DecodeError>();
    is_error::<TimeoutError>();
    is_error::<TransportError>();
}

#[test]
fn a_request_and_its_future_outlive_client_and_parameters() {
    let client = Client::builder().base_url("https://acme.conductor.one").anonymous().build();
    let request = {
        let client = client.unwrap();
        get_user_owner(&client)
    };
    let future = request.send();
    assert!(size_of_val(&future) <= 128, "{}", size_of_val(&future));
    is_movable(future);
}

/// A `Result` is passed up through every caller.
#[test]
fn an_error_is_small() {
    assert!(size_of::<Error>() <= 2 * size_of::<usize>());
}

#[test]
fn a_question_mark_turns_an_error_into_that_of_a_program() {
    fn fails() -> Result<Client, Box<dyn StdError + Send + Sync>> {
        Ok(Client::builder().build()?)
    }
    // A box is no error itself, which `fails` of the tests would take.
    let shown = scan::shown(&*fails().map(drop).unwrap_err());
    scan::assert_clean(&shown);
    assert!(shown.starts_with("no server for C1 API"), "{shown}");
}
