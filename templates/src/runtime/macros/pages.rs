// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Tables of listings that come in pages.
//!
//! ```text
//! crate::runtime::pages!(ListApps: models::AppsPage {
//!     Query("page_token", |page| page.next_page_token.as_deref()),
//!     items: models::App = |page| page.list.unwrap_or_default(),
//! });
//! ```

/// The methods of a builder that read all pages and, where it is known which they are, all items.
macro_rules! pages {
    ($builder:ident: $page:ty {
        $turn:ident $(($($argument:expr),*))?,
        $(items: $item:ty = $items:expr,)?
    }) => {
        impl $builder {
            /// All pages, from the one that this request asks for.
            pub fn pages(self) -> $crate::runtime::Pages<$page> {
                self.0.pages($crate::runtime::Turn::$turn $(($($argument),*))?)
            }
            $(
                /// The items of all pages, from the one that this request asks for.
                pub fn items(self) -> $crate::runtime::Items<$page, $item> {
                    self.pages().items($items)
                }
            )?
        }
    };
}

pub(crate) use pages;
