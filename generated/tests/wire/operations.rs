//! The five operations, so that a test can go through all of them.

use conductorone::api::app_entitlement_owners_v2::CreateEntitlementOwnerParams;
use conductorone::api::app_resource::CreateManuallyManagedAppResourceParams;
use conductorone::api::app_resource_owners_v2::CreateUserOwnerParams;
use conductorone::api::connector_owners_v2::{GetEntitlementOwnerParams, GetUserOwnerParams};
use conductorone::{Client, Error, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[derive(Clone, Copy, Debug)]
pub(crate) enum Operation {
    CreateUserOwner,
    GetUserOwner,
    CreateEntitlementOwner,
    CreateResource,
    GetEntitlementOwner,
}

impl Operation {
    pub(crate) const ALL: [Self; 5] = [
        Self::CreateUserOwner,
        Self::GetUserOwner,
        Self::CreateEntitlementOwner,
        Self::CreateResource,
        Self::GetEntitlementOwner,
    ];

    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::CreateUserOwner => "c1.api.app.v2.AppResourceOwnersV2.CreateUserOwner",
            Self::GetUserOwner => "c1.api.app.v2.ConnectorOwners.GetUserOwner",
            Self::CreateEntitlementOwner => {
                "c1.api.app.v2.AppEntitlementOwners.CreateEntitlementOwner"
            }
            Self::CreateResource => {
                "c1.api.app.v1.AppResourceService.CreateManuallyManagedAppResource"
            }
            Self::GetEntitlementOwner => "c1.api.app.v2.ConnectorOwners.GetEntitlementOwner",
        }
    }

    pub(crate) fn method(self) -> &'static str {
        match self {
            Self::CreateUserOwner | Self::CreateEntitlementOwner | Self::CreateResource => "POST",
            Self::GetUserOwner | Self::GetEntitlementOwner => "GET",
        }
    }

    fn template(self) -> &'static str {
        match self {
            Self::CreateUserOwner => {
                "/api/v2/apps/{app_id}/resource_types/{resource_type_id}/resources/{resource_id}\
                 /owners/users/{role_slug}/{user_ref_id}"
            }
            Self::GetUserOwner => {
                "/api/v2/apps/{app_id}/connectors/{connector_id}/owners/users/{role_slug}\
                 /{user_ref_id}"
            }
            Self::CreateEntitlementOwner => {
                "/api/v2/apps/{app_id}/entitlements/{entitlement_id}/owners/entitlements\
                 /{role_slug}/{app_entitlement_ref_app_id}/{app_entitlement_ref_id}"
            }
            Self::CreateResource => {
                "/api/v1/apps/{app_id}/resource_types/{app_resource_type_id}/resources"
            }
            Self::GetEntitlementOwner => {
                "/api/v2/apps/{app_id}/connectors/{connector_id}/owners/entitlements/{role_slug}\
                 /{app_entitlement_ref_app_id}/{app_entitlement_ref_id}"
            }
        }
    }

    /// The names of the path parameters.
    pub(crate) fn parameters(self) -> Vec<&'static str> {
        self.template()
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
            .collect()
    }

    /// The path that a server must see, with what stands for each parameter.
    pub(crate) fn path(self, encoded: impl Fn(&str) -> String) -> String {
        let parameter = |part: &str| part.strip_prefix('{')?.strip_suffix('}').map(&encoded);
        let parts: Vec<String> = self
            .template()
            .split('/')
            .map(|part| parameter(part).unwrap_or_else(|| part.to_owned()))
            .collect();
        parts.join("/")
    }

    /// Calls the operation without a body, and writes its answer back as JSON.
    pub(crate) async fn call(
        self,
        client: &Client,
        value: impl Fn(&str) -> String,
    ) -> Result<Value, Error> {
        match self {
            Self::CreateUserOwner => {
                let params = CreateUserOwnerParams {
                    app_id: &value("app_id"),
                    resource_type_id: &value("resource_type_id"),
                    resource_id: &value("resource_id"),
                    role_slug: &value("role_slug"),
                    user_ref_id: &value("user_ref_id"),
                };
                rewritten(client.app_resource_owners_v2().create_user_owner(params)).await
            }
            Self::GetUserOwner => {
                let params = GetUserOwnerParams {
                    app_id: &value("app_id"),
                    connector_id: &value("connector_id"),
                    role_slug: &value("role_slug"),
                    user_ref_id: &value("user_ref_id"),
                };
                rewritten(client.connector_owners_v2().get_user_owner(params)).await
            }
            Self::CreateEntitlementOwner => {
                let params = CreateEntitlementOwnerParams {
                    app_id: &value("app_id"),
                    entitlement_id: &value("entitlement_id"),
                    role_slug: &value("role_slug"),
                    app_entitlement_ref_app_id: &value("app_entitlement_ref_app_id"),
                    app_entitlement_ref_id: &value("app_entitlement_ref_id"),
                };
                rewritten(client.app_entitlement_owners_v2().create_entitlement_owner(params)).await
            }
            Self::CreateResource => {
                let params = CreateManuallyManagedAppResourceParams {
                    app_id: &value("app_id"),
                    app_resource_type_id: &value("app_resource_type_id"),
                };
                rewritten(client.app_resource().create_manually_managed_app_resource(params)).await
            }
            Self::GetEntitlementOwner => {
                let params = GetEntitlementOwnerParams {
                    app_id: &value("app_id"),
                    connector_id: &value("connector_id"),
                    role_slug: &value("role_slug"),
                    app_entitlement_ref_app_id: &value("app_entitlement_ref_app_id"),
                    app_entitlement_ref_id: &value("app_entitlement_ref_id"),
                };
                rewritten(client.connector_owners_v2().get_entitlement_owner(params)).await
            }
        }
    }
}

/// A value for a parameter that tells it from the others.
pub(crate) fn plain(parameter: &str) -> String {
    format!("{parameter}-1")
}

async fn rewritten<B, T: Serialize + DeserializeOwned>(
    request: Request<B, T>,
) -> Result<Value, Error> {
    let response = request.send().await?;
    Ok(serde_json::to_value(response.into_inner()).unwrap())
}
