using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using Grpc.Core;

namespace Baton.Sdk.Tests.Provisioning;

/// <summary>The first rule that a request breaks, in the words that the platform's users know.</summary>
public sealed class RequestRulesTests
{
    private const string Caused = "embedded message failed validation | caused by: ";

    private static readonly Resource Group = new() { Id = Ids.Resource("group", "a") };

    public static TheoryData<GrantManagerServiceGrantRequest, string> Grants => new()
    {
        { new(), "invalid GrantManagerServiceGrantRequest.Entitlement: value is required" },
        { new() { Entitlement = new() { Id = "e", Resource = Group } }, "invalid GrantManagerServiceGrantRequest.Principal: value is required" },
        {
            new() { Entitlement = new() { Id = "e" }, Principal = Group },
            $"invalid GrantManagerServiceGrantRequest.Entitlement: {Caused}invalid Entitlement.Resource: value is required"
        },
        {
            new() { Entitlement = new() { Resource = Group }, Principal = Group },
            $"invalid GrantManagerServiceGrantRequest.Entitlement: {Caused}invalid Entitlement.Id: value length must be between 1 and 1024 bytes, inclusive"
        },
        {
            new() { Entitlement = new() { Id = new string('ö', 513), Resource = Group }, Principal = Group },
            $"invalid GrantManagerServiceGrantRequest.Entitlement: {Caused}invalid Entitlement.Id: value length must be between 1 and 1024 bytes, inclusive"
        },
    };

    public static TheoryData<GrantManagerServiceRevokeRequest, string> Revocations => new()
    {
        { new(), "invalid GrantManagerServiceRevokeRequest.Grant: value is required" },
        { new() { Grant = new() }, $"invalid GrantManagerServiceRevokeRequest.Grant: {Caused}invalid Grant.Entitlement: value is required" },
        {
            new() { Grant = new() { Entitlement = new() { Id = "e" } } },
            $"invalid GrantManagerServiceRevokeRequest.Grant: {Caused}invalid Grant.Entitlement: {Caused}invalid Entitlement.Resource: value is required"
        },
        {
            new() { Grant = new() { Entitlement = new() { Id = "e", Resource = Group } } },
            $"invalid GrantManagerServiceRevokeRequest.Grant: {Caused}invalid Grant.Principal: value is required"
        },
        {
            new() { Grant = new() { Entitlement = new() { Id = "e", Resource = Group }, Principal = Group } },
            $"invalid GrantManagerServiceRevokeRequest.Grant: {Caused}invalid Grant.Id: value length must be between 1 and 1024 bytes, inclusive"
        },
    };

    [Theory]
    [MemberData(nameof(Grants))]
    public void Check_BadGrant_NamesTheFirstField(GrantManagerServiceGrantRequest request, string message)
        => AssertRefused(message, () => RequestRules.Check(request));

    [Theory]
    [MemberData(nameof(Revocations))]
    public void Check_BadRevocation_NamesTheFirstField(GrantManagerServiceRevokeRequest request, string message)
        => AssertRefused(message, () => RequestRules.Check(request));

    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    public void Check_LongestAndShortestIds_AreGood(int length)
    {
        var entitlement = new Entitlement { Id = new string('e', length), Resource = Group };

        RequestRules.Check(new GrantManagerServiceGrantRequest { Entitlement = entitlement, Principal = Group });
        RequestRules.Check(new GrantManagerServiceRevokeRequest { Grant = new() { Id = new string('g', length), Entitlement = entitlement, Principal = Group } });
    }

    private static void AssertRefused(string message, Action check)
    {
        var refusal = Assert.Throws<ConnectorException>(check);
        Assert.Equal((StatusCode.InvalidArgument, message), (refusal.Code, refusal.Message));
    }
}
