// @generated in client crates by oasmith, which copies this file from its templates and puts in the name of the crate.
//! Listings that come in pages.
//!
//! Beside `send`, which gets one page, the builder of a listing has `items()`, for all items, and
//! `pages()`. Nothing is asked for ahead, and both are streams (`futures_core::Stream`) as well.
//!
//! ```no_run
//! # use client_crate::runtime::{Items, Value};
//! # async fn example(items: Items<Value, Value>) -> Result<(), client_crate::Error> {
//! let mut items = items.limit(50); // pages, at most
//! while let Some(item) = items.next().await? {
//!     println!("{item}");
//! }
//! # Ok(()) }
//! ```
//!
//! A token tells where to go on, in another process as well:
//!
//! ```no_run
//! # use client_crate::runtime::{Pages, Value};
//! # async fn example(again: impl Fn() -> Pages<Value>) -> Result<(), client_crate::Error> {
//! # let pages = again();
//! let mut pages = pages;
//! let first = pages.next().await?;
//! let token = pages.token().map(str::to_owned);
//! # let _ = first;
//!
//! # let pages = again();
//! if let Some(token) = token {
//!     let mut rest = pages.resume(token);
//!     while let Some(page) = rest.next().await? {
//!         println!("{}", *page);
//!     }
//! }
//! # Ok(()) }
//! ```
//!
//! The stream ends behind an error, and its token then asks for the page that could not be read. A page
//! that names itself as the next one is an error, and so is one more than the limit, which is
//! [`DEFAULT_PAGE_LIMIT`](crate::runtime::DEFAULT_PAGE_LIMIT) unless you say otherwise.
