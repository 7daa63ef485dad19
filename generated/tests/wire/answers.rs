//! Answers that succeed: the full shapes, and what a server may make of them.

use std::fmt::Debug;
use std::time::Duration;

use conductorone::models::app::v1::{
    AppEntitlementMaxGrantDuration, AppEntitlementPurpose, AppResourceMetadata, AppResourceNhiType,
    CreateManuallyManagedAppResourceRequest, CreateManuallyManagedAppResourceResponse,
};
use conductorone::models::app::v2::{
    CreateAppEntitlementEntitlementOwnerResponse, CreateAppResourceUserOwnerResponse,
    GetConnectorEntitlementOwnerResponse, GetConnectorUserOwnerResponse,
};
use conductorone::models::policy::v1::{ProvisionPolicyTyp, ProvisionerAssignmentTyp};
use conductorone::models::user::v1::{UserDirectoryStatus, UserOrigin, UserStatus, UserType};
use conductorone::runtime::{Timestamp, Value};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::document::{Shape, answer, depth, schemas};
use crate::operations::{Operation, plain};
use crate::setup::{Stage, client, get_user_owner};
use crate::support::{Reply, Server};

/// What comes of an answer when it is read and written again.
async fn rewritten(stage: &Stage, operation: Operation, answer: &Value) -> Value {
    stage.reply(Reply::json(200, answer.to_string()));
    operation.call(&stage.client, plain).await.unwrap()
}

async fn arrives(stage: &Stage, operation: Operation, shape: Shape) {
    let answer = answer(operation, shape);
    let is = rewritten(stage, operation, &answer.sent).await;
    assert_eq!(is, answer.known, "{operation:?} {shape:?}");
}

#[tokio::test]
async fn every_field_of_every_schema_arrives() {
    let stage = Stage::new().await;
    for operation in Operation::ALL {
        arrives(&stage, operation, Shape::Full).await;
    }
}

/// Reading and writing could mix two fields up in the same way. So the text of each, which is its
/// place in the answer, is looked for in the field of that name.
#[test]
fn every_text_is_in_the_field_of_its_name() {
    fn texts<T: DeserializeOwned + Debug>(operation: Operation) -> usize {
        let answer = answer(operation, Shape::Full).sent;
        let shown = format!("{:#?}", serde_json::from_value::<T>(answer).unwrap());
        let (mut field, mut texts) = ("", 0);
        for line in shown.lines().map(str::trim) {
            if let Some((name, _)) = line.split_once(": ").filter(|_| !line.starts_with('"')) {
                field = name;
            }
            if let Some((_, place)) = line.split_once("\"$.") {
                let name = place.split('"').next().unwrap().rsplit('.').next().unwrap();
                assert_eq!(snake_case(name.split('[').next().unwrap()), field, "{line}");
                texts += 1;
            }
        }
        texts
    }
    assert!(texts::<CreateAppResourceUserOwnerResponse>(Operation::CreateUserOwner) > 100);
    assert!(texts::<GetConnectorUserOwnerResponse>(Operation::GetUserOwner) > 100);
    assert!(
        texts::<CreateAppEntitlementEntitlementOwnerResponse>(Operation::CreateEntitlementOwner)
            > 500
    );
    assert!(texts::<CreateManuallyManagedAppResourceResponse>(Operation::CreateResource) > 15);
    assert!(texts::<GetConnectorEntitlementOwnerResponse>(Operation::GetEntitlementOwner) > 500);
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

/// What the tests above stand on: the document is really followed to its ends.
#[test]
fn the_answers_hold_every_schema() {
    let mut missing = schemas();
    for operation in Operation::ALL {
        missing.retain(|name| !answer(operation, Shape::Full).schemas.contains(name));
    }
    let elsewhere = [
        "c1.api.app.v1.AppEntitlementRef",
        "c1.api.app.v1.CreateManuallyManagedAppResourceRequestInput",
        "c1.api.app.v2.CreateAppEntitlementEntitlementOwnerRequestInput",
        "c1.api.app.v2.CreateAppResourceUserOwnerRequestInput",
        "c1.api.user.v1.UserRef",
        "google.rpc.Status",
    ];
    assert_eq!(missing.into_iter().collect::<Vec<_>>(), elsewhere);
    let full = answer(Operation::GetEntitlementOwner, Shape::Full).sent.to_string();
    assert!(full.contains("provisionSteps[1].multiStep.provisionSteps[0].manual.assignee.users"));
    assert!(depth(Operation::GetEntitlementOwner) > 10);
}

#[tokio::test]
async fn zero_values_arrive() {
    let stage = Stage::new().await;
    for operation in Operation::ALL {
        arrives(&stage, operation, Shape::Zero).await;
    }
}

#[tokio::test]
async fn every_field_may_be_null() {
    let stage = Stage::new().await;
    for operation in Operation::ALL {
        for depth in 0..depth(operation) {
            arrives(&stage, operation, Shape::NullAt(depth)).await;
        }
        assert_eq!(rewritten(&stage, operation, &json!({})).await, json!({}));
    }
}

#[tokio::test]
async fn unknown_fields_are_skipped_everywhere() {
    let stage = Stage::new().await;
    for operation in Operation::ALL {
        let answer = answer(operation, Shape::UnknownFields);
        assert_ne!(answer.sent, answer.known);
        arrives(&stage, operation, Shape::UnknownFields).await;
    }
}

#[tokio::test]
async fn unknown_enum_values_are_kept() {
    let stage = Stage::new().await;
    for operation in Operation::ALL {
        let answer = answer(operation, Shape::UnknownValues);
        assert!(answer.sent.to_string().contains("VALUE_OF_TOMORROW_"), "{operation:?}");
        arrives(&stage, operation, Shape::UnknownValues).await;
    }
}

#[tokio::test]
async fn a_user_owner_as_a_server_writes_it() {
    let text = include_str!("answers/connector_owner_user.json");
    let server = Server::always(Reply::json(200, text)).await;
    let response = get_user_owner(&client(&server)).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");

    let owner = response.connector_owner_user.as_ref().unwrap();
    let created_at: Timestamp = "2024-11-05T16:21:09.482913375Z".parse().unwrap();
    assert_eq!(owner.created_at, Some(created_at));
    assert_eq!(owner.created_at.unwrap().subsec_nanosecond(), 482_913_375);
    assert_eq!(owner.role_slug.as_deref(), Some("connector-owner"));

    let user = owner.user.as_ref().unwrap();
    assert_eq!(user.display_name.as_deref(), Some("Zoë Ångström"));
    assert_eq!(user.status, Some(UserStatus::Enabled));
    assert_eq!(user.directory_status, Some(UserDirectoryStatus::Unknown));
    assert_eq!(user.r#type, Some(UserType::Human));
    assert_eq!(user.origin, Some(UserOrigin::Unknown("USER_ORIGIN_IMPORT".to_owned())));
    assert_eq!(user.origin.as_ref().unwrap().to_string(), "USER_ORIGIN_IMPORT");
    assert_eq!(user.deleted_at, None);
    assert_eq!(user.delegated_user_id.as_deref(), Some(""));
    assert_eq!(user.emails.as_deref().unwrap(), ["zoe@acme.example", "z.angstrom@acme.example"]);
    assert_eq!(user.manager_ids.as_deref(), Some(&[][..]));
    let source = &user.email_sources.as_ref().unwrap()[0];
    assert_eq!(source.priority, Some(4_294_967_295));
    let profile = user.profile.as_ref().unwrap();
    assert_eq!(profile["costCenter"], 4711);
    assert_eq!(profile["address"]["lines"][1], "SE-118 20 Stockholm");
    assert_eq!(profile.get("badge"), Some(&Value::Null));
}

#[tokio::test]
async fn an_entitlement_owner_as_a_server_writes_it() {
    let text = include_str!("answers/connector_owner_entitlement.json");
    let server = Server::always(Reply::json(200, text)).await;
    let params = conductorone::api::connector_owners_v2::GetEntitlementOwnerParams {
        app_id: "app-1",
        connector_id: "connector-1",
        role_slug: "owner",
        app_entitlement_ref_app_id: "app-2",
        app_entitlement_ref_id: "entitlement-2",
    };
    let client = client(&server);
    let response = client.connector_owners_v2().get_entitlement_owner(params).send().await.unwrap();
    let owner = response.into_inner().connector_owner_entitlement.unwrap();
    let entitlement = owner.app_entitlement.unwrap();

    assert_eq!(entitlement.grant_count, Some(9_007_199_254_740_993));
    assert_eq!(entitlement.purpose, Some(AppEntitlementPurpose::Assignment));
    assert_eq!(entitlement.annotations.as_ref().unwrap()["owner/team"], "identity");
    assert_eq!(entitlement.source_connector_ids.as_ref().unwrap().len(), 2);
    assert_eq!(entitlement.emergency_grant_enabled, Some(false));
    let eight_hours = Duration::from_secs(8 * 60 * 60).try_into().unwrap();
    assert_eq!(
        entitlement.max_grant_duration(),
        Some(AppEntitlementMaxGrantDuration::DurationGrant(&eight_hours))
    );

    let policy = entitlement.provisioner_policy.unwrap();
    let Some(ProvisionPolicyTyp::MultiStep(steps)) = policy.typ() else { panic!("{policy:?}") };
    let [first, second, third] = steps.provision_steps.as_deref().unwrap() else {
        panic!("{steps:?}")
    };
    let Some(ProvisionPolicyTyp::Manual(manual)) = first.typ() else { panic!("{first:?}") };
    let assignee = manual.assignee.as_ref().unwrap().typ();
    let Some(ProvisionerAssignmentTyp::Manager(manager)) = assignee else { panic!("{assignee:?}") };
    assert_eq!(manager.allow_reassignment, Some(true));
    assert_eq!(manager.fallback_user_ids.as_deref().unwrap(), ["user-fallback"]);
    let Some(ProvisionPolicyTyp::MultiStep(inner)) = second.typ() else { panic!("{second:?}") };
    let inner = &inner.provision_steps.as_ref().unwrap()[0];
    assert!(matches!(inner.typ(), Some(ProvisionPolicyTyp::Webhook(_))), "{inner:?}");
    assert!(matches!(third.typ(), Some(ProvisionPolicyTyp::Unconfigured(_))), "{third:?}");
    let none = entitlement.deprovisioner_policy.unwrap();
    assert_eq!(none.typ(), None);
}

#[tokio::test]
async fn a_new_resource_as_a_server_writes_it() {
    let text = include_str!("answers/app_resource.json");
    let server = Server::always(Reply::json(200, text)).await;
    let params = conductorone::api::app_resource::CreateManuallyManagedAppResourceParams {
        app_id: "app-1",
        app_resource_type_id: "secret",
    };
    let client = client(&server);
    let resource = client
        .app_resource()
        .create_manually_managed_app_resource(params)
        .body(CreateManuallyManagedAppResourceRequest::new("Deploy key"))
        .send()
        .await
        .unwrap()
        .into_inner()
        .app_resource
        .unwrap();
    assert_eq!(resource.grant_count, Some(0));
    assert_eq!(resource.nhi_type, Some(AppResourceNhiType::Unspecified));
    assert_eq!(resource.agent_trait, None);
    let Some(AppResourceMetadata::SecretTrait(secret)) = resource.metadata() else {
        panic!("{resource:?}")
    };
    assert_eq!(secret.last_used_at, None);
    assert!(secret.secret_expires_at > secret.secret_created_at);
    assert_eq!(resource.profile.as_ref().unwrap()["scopes"], json!(["read", "write"]));
}
