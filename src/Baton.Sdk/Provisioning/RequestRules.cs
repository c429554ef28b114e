using System.Text;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Provisioning;

/// <summary>
/// What requests must look like before a connector sees them. The texts are those of the original SDK's validator, Go names included,
/// because they reach the platform's users; only the rules that a platform can break are checked.
/// </summary>
internal static class RequestRules
{
    private const int LongestId = 1024;
    private const int ShortestPassword = 8;
    private const int LongestPassword = 64;

    public static void Check(GrantManagerServiceGrantRequest request)
    {
        const string message = "GrantManagerServiceGrantRequest";
        Require(request.Entitlement is not null, $"{message}.Entitlement");
        Nested($"{message}.Entitlement", () => Check(request.Entitlement!));
        Require(request.Principal is not null, $"{message}.Principal");
    }

    public static void Check(GrantManagerServiceRevokeRequest request)
    {
        const string message = "GrantManagerServiceRevokeRequest";
        Require(request.Grant is not null, $"{message}.Grant");
        Nested($"{message}.Grant", () => Check(request.Grant!));
    }

    public static void Check(CreateAccountRequest request)
    {
        if (request.CredentialOptions?.RandomPassword is { Length: < ShortestPassword or > LongestPassword })
        {
            Nested(
                "CreateAccountRequest.CredentialOptions",
                () => Nested(
                    "CredentialOptions.RandomPassword",
                    () => throw Broken("CredentialOptions_RandomPassword.Length", $"value must be inside range [{ShortestPassword}, {LongestPassword}]")));
        }
    }

    private static void Check(Grant grant)
    {
        Require(grant.Entitlement is not null, "Grant.Entitlement");
        Nested("Grant.Entitlement", () => Check(grant.Entitlement!));
        Require(grant.Principal is not null, "Grant.Principal");
        CheckId(grant.Id, "Grant.Id");
    }

    private static void Check(Entitlement entitlement)
    {
        Require(entitlement.Resource is not null, "Entitlement.Resource");
        CheckId(entitlement.Id, "Entitlement.Id");
    }

    private static void CheckId(string id, string field)
    {
        if (Encoding.UTF8.GetByteCount(id) is < 1 or > LongestId)
        {
            throw Broken(field, $"value length must be between 1 and {LongestId} bytes, inclusive");
        }
    }

    private static void Require(bool isSet, string field)
    {
        if (!isSet)
        {
            throw Broken(field, "value is required");
        }
    }

    private static void Nested(string field, Action check)
    {
        try
        {
            check();
        }
        catch (ConnectorException broken)
        {
            throw Broken(field, $"embedded message failed validation | caused by: {broken.Message}");
        }
    }

    private static ConnectorException Broken(string field, string reason) => new(StatusCode.InvalidArgument, $"invalid {field}: {reason}");
}
