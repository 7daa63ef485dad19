//! Fields of which at most one may be set.

use conductorone::models::app::v1::{
    AppEntitlement, AppEntitlementMaxGrantDuration, AppResource, AppResourceMetadata, SecretTrait,
};
use conductorone::models::policy::v1::{
    AccountProvision, AccountProvisionStorageType, ActionProvision, AppOwnerProvisioner,
    ConnectorProvision, ConnectorProvisionProvisionType, DefaultBehavior, DelegatedProvision,
    DeleteAccount, DevicePlacementProvision, DoNotSave, EntitlementOwnerProvisioner,
    ExpressionProvisioner, ExternalTicketProvision, GroupProvisioner, ManagerProvisioner,
    ManualProvision, MultiStep, ProvisionPolicy, ProvisionPolicyTyp, ProvisionerAssignment,
    ProvisionerAssignmentTyp, SaveToVault, UnconfiguredProvision, UserProvisioner,
    WebhookProvision,
};
use conductorone::runtime::{Duration, Map};
use serde_json::{Value, json};

/// The members that are written.
fn members(value: &impl serde::Serialize) -> Vec<String> {
    let Value::Object(members) = serde_json::to_value(value).unwrap() else { panic!("no object") };
    members.into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_setter_clears_the_other_members_of_a_policy() {
    use ProvisionPolicyTyp as Typ;
    // Each step sets a member of the group, and the accessor tells this one.
    let policy = ProvisionPolicy::default();
    assert_eq!(policy.typ(), None);
    assert_eq!(members(&policy), [""; 0]);
    let policy = policy.with_connector(ConnectorProvision::default());
    assert!(matches!(policy.typ(), Some(Typ::Connector(_))));
    assert_eq!(members(&policy), ["connector"]);
    let policy = policy.with_manual(ManualProvision::default());
    assert!(matches!(policy.typ(), Some(Typ::Manual(_))));
    assert_eq!(members(&policy), ["manual"]);
    let policy = policy.with_delegated(DelegatedProvision::default());
    assert!(matches!(policy.typ(), Some(Typ::Delegated(_))));
    assert_eq!(members(&policy), ["delegated"]);
    let policy = policy.with_webhook(WebhookProvision::default());
    assert!(matches!(policy.typ(), Some(Typ::Webhook(_))));
    assert_eq!(members(&policy), ["webhook"]);
    let policy = policy.with_multi_step(MultiStep::default());
    assert!(matches!(policy.typ(), Some(Typ::MultiStep(_))));
    assert_eq!(members(&policy), ["multiStep"]);
    let policy = policy.with_external_ticket(ExternalTicketProvision::default());
    assert!(matches!(policy.typ(), Some(Typ::ExternalTicket(_))));
    assert_eq!(members(&policy), ["externalTicket"]);
    let policy = policy.with_unconfigured(UnconfiguredProvision::default());
    assert!(matches!(policy.typ(), Some(Typ::Unconfigured(_))));
    assert_eq!(members(&policy), ["unconfigured"]);
    let policy = policy.with_action(ActionProvision::default());
    assert!(matches!(policy.typ(), Some(Typ::Action(_))));
    assert_eq!(members(&policy), ["action"]);
    let policy = policy.with_device_placement(DevicePlacementProvision::default());
    assert!(matches!(policy.typ(), Some(Typ::DevicePlacement(_))));
    assert_eq!(members(&policy), ["devicePlacement"]);
}

#[test]
fn a_setter_clears_the_other_members_of_an_assignment() {
    use ProvisionerAssignmentTyp as Typ;
    let assignment = ProvisionerAssignment::default().with_users(UserProvisioner::default());
    assert!(matches!(assignment.typ(), Some(Typ::Users(_))));
    let assignment = assignment.with_app_owners(AppOwnerProvisioner::default());
    assert!(matches!(assignment.typ(), Some(Typ::AppOwners(_))));
    let assignment = assignment.with_group(GroupProvisioner::default());
    assert!(matches!(assignment.typ(), Some(Typ::Group(_))));
    let assignment = assignment.with_manager(ManagerProvisioner::default());
    assert!(matches!(assignment.typ(), Some(Typ::Manager(_))));
    let assignment = assignment.with_expression(ExpressionProvisioner::default());
    assert!(matches!(assignment.typ(), Some(Typ::Expression(_))));
    let assignment = assignment.with_entitlement_owners(EntitlementOwnerProvisioner::default());
    assert!(matches!(assignment.typ(), Some(Typ::EntitlementOwners(_))));
    assert_eq!(members(&assignment), ["entitlementOwners"]);
}

#[test]
fn groups_of_a_connector_and_of_an_account() {
    let account = AccountProvision::default().with_save_to_vault(SaveToVault::default());
    assert!(matches!(account.storage_type(), Some(AccountProvisionStorageType::SaveToVault(_))));
    let account = account.with_do_not_save(DoNotSave::default());
    assert!(matches!(account.storage_type(), Some(AccountProvisionStorageType::DoNotSave(_))));

    use ConnectorProvisionProvisionType as Type;
    let connector = ConnectorProvision::default().with_delete_account(DeleteAccount::default());
    assert!(matches!(connector.provision_type(), Some(Type::DeleteAccount(_))));
    let connector = connector.with_default_behavior(DefaultBehavior::default());
    assert!(matches!(connector.provision_type(), Some(Type::DefaultBehavior(_))));
    let connector = connector.with_account(account);
    assert!(matches!(connector.provision_type(), Some(Type::Account(_))));
    let expected = json!({"account": {"doNotSave": {}}});
    assert_eq!(serde_json::to_value(&connector).unwrap(), expected);
    assert_eq!(serde_json::from_value::<ConnectorProvision>(expected).unwrap(), connector);
}

#[test]
fn a_longest_duration_or_none() {
    use AppEntitlementMaxGrantDuration as Longest;
    let entitlement = AppEntitlement::default();
    assert_eq!(entitlement.max_grant_duration(), None);
    let hour = Duration::from_hours(1);
    let entitlement = entitlement.with_duration_grant(hour);
    assert_eq!(entitlement.max_grant_duration(), Some(Longest::DurationGrant(&hour)));
    assert_eq!(serde_json::to_string(&entitlement).unwrap(), r#"{"durationGrant":"3600s"}"#);
    let entitlement = entitlement.with_duration_unset(Map::new());
    assert_eq!(entitlement.max_grant_duration(), Some(Longest::DurationUnset(&Map::new())));
    assert_eq!(serde_json::to_string(&entitlement).unwrap(), r#"{"durationUnset":{}}"#);
}

#[test]
fn a_setter_of_a_group_leaves_the_other_fields() {
    let mut resource = AppResource::default();
    resource.id = Some("resource-1".to_owned());
    let resource = resource.with_secret_trait(SecretTrait::default());
    assert!(matches!(resource.metadata(), Some(AppResourceMetadata::SecretTrait(_))));
    assert_eq!(members(&resource), ["id", "secretTrait"]);
}

/// A server may send what it should not; all of it stays, and the accessor tells the first.
#[test]
fn two_members_are_both_kept() {
    let both = json!({"webhook": {"webhookId": "w"}, "manual": {"instructions": "i"}});
    let policy: ProvisionPolicy = serde_json::from_value(both.clone()).unwrap();
    assert!(matches!(policy.typ(), Some(ProvisionPolicyTyp::Manual(_))));
    assert_eq!(serde_json::to_value(&policy).unwrap(), both);
}
