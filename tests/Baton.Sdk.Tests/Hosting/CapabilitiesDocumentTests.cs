using System.Text.Json.Nodes;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Hosting;
using Baton.Sdk.Tests.Hosting.OneShot;
using Baton.Sdk.Tests.Provisioning;
using Baton.Sdk.Tests.Sync;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Tests.Hosting;

public sealed class CapabilitiesDocumentTests
{
    [Fact]
    public void Print_ScriptedConnector_SaysWhatItsTypesCan()
    {
        var user = new ScriptedReadableType("user", Trait.User);
        user.Type.Annotations.Add(Annotations.Of(new SkipEntitlementsAndGrants()));
        var secret = new ScriptedType("secret", Trait.Secret);
        secret.Type.Annotations.Add(Annotations.Of(new OptInRequired()));
        secret.Type.Annotations.Add(Annotations.Of(new CapabilityPermissions { Permissions = { new CapabilityPermission { Permission = "secrets:read" } } }));

        var document = CapabilitiesDocument.Print(new ScriptedConnector(user, secret));

        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """
                    {
                      "@type": "type.googleapis.com/c1.connector.v2.ConnectorCapabilities",
                      "resourceTypeCapabilities": [
                        {
                          "resourceType": {
                            "id": "secret",
                            "displayName": "secret",
                            "traits": ["TRAIT_SECRET"],
                            "annotations": [
                              {"@type": "type.googleapis.com/c1.connector.v2.OptInRequired"},
                              {"@type": "type.googleapis.com/c1.connector.v2.CapabilityPermissions", "permissions": [{"permission": "secrets:read"}]}
                            ]
                          },
                          "capabilities": ["CAPABILITY_SYNC"],
                          "permissions": {"permissions": [{"permission": "secrets:read"}]},
                          "optInRequired": true
                        },
                        {
                          "resourceType": {
                            "id": "user",
                            "displayName": "user",
                            "traits": ["TRAIT_USER"],
                            "annotations": [{"@type": "type.googleapis.com/c1.connector.v2.SkipEntitlementsAndGrants"}]
                          },
                          "capabilities": ["CAPABILITY_SYNC", "CAPABILITY_TARGETED_SYNC"],
                          "permissions": {}
                        }
                      ],
                      "connectorCapabilities": ["CAPABILITY_SYNC", "CAPABILITY_TARGETED_SYNC"],
                      "credentialDetails": {}
                    }
                    """),
                JsonNode.Parse(document)),
            document);
        Assert.StartsWith("{\n  \"@type\": ", document, StringComparison.Ordinal);
        Assert.False(document.EndsWith('\n'));
    }

    [Fact]
    public void Of_TypesThatCanBeChanged_SaysSoInTheOrderOfThePlatform()
    {
        var connector = new ScriptedConnector(new ScriptedUsers(), new ScriptedGroups())
        {
            Actions = [new ScriptedAction("act", (_, _) => new("", new()), "user")],
        };

        var capabilities = CapabilitiesDocument.Of(connector);

        Assert.Equal(
            [
                ("group", new[] { Capability.Sync, Capability.Provision }),
                ("user", [Capability.Sync, Capability.AccountProvisioning, Capability.ResourceDelete]),
            ],
            capabilities.ResourceTypeCapabilities.Select(type => (type.ResourceType.Id, type.Capabilities.ToArray())));
        Assert.Equal(
            [Capability.Provision, Capability.Sync, Capability.AccountProvisioning, Capability.ResourceDelete, Capability.Actions],
            capabilities.ConnectorCapabilities_.ToArray());
        Assert.Equal(new ScriptedUsers().Credentials, capabilities.CredentialDetails.CapabilityAccountProvisioning);
    }

    [Fact]
    public void Of_TypeThatIssuesCredentials_SaysWhich()
    {
        var robots = new ScriptedRobots();

        var capabilities = CapabilitiesDocument.Of(new ScriptedAccounts(robots, new ScriptedKeys()));

        var type = capabilities.ResourceTypeCapabilities.Single(type => type.ResourceType.Id == "robot");
        Assert.Equal([Capability.Sync, Capability.CredentialIssue], type.Capabilities.ToArray());
        Assert.Equal(robots.Issuance, type.CredentialIssue);
        Assert.Null(capabilities.ResourceTypeCapabilities.Single(type => type.ResourceType.Id == "key").CredentialIssue);
        Assert.Equal([Capability.Sync, Capability.ResourceDelete, Capability.CredentialIssue], capabilities.ConnectorCapabilities_.ToArray());
    }

    [Fact]
    public void Of_IssuedCredentialsCannotBeDeleted_IsABugAndNoSmallerDocument()
    {
        var bug = Assert.Throws<InvalidOperationException>(() => CapabilitiesDocument.Of(new ScriptedAccounts(new ScriptedRobots(), new ScriptedListing("key"))));

        Assert.Contains("'key'", bug.Message, StringComparison.Ordinal);
    }
}
