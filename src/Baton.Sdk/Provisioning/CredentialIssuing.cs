using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.Collections;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Provisioning;

/// <summary>
/// Has credentials made by the connector's <see cref="ICredentialIssuer"/>, and encrypts them. Request and recipients are checked before
/// anything is made; a credential that cannot be handed over is deleted again, since it would be alive and in nobody's hands.
/// </summary>
internal sealed partial class CredentialIssuing(IConnector connector, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LongestDeletion = TimeSpan.FromSeconds(30);

    private readonly ConnectorCall _call = new(logger);
    private readonly ResourceDeletion _deletion = new(connector, logger);

    /// <exception cref="ConnectorException">The request is malformed, nobody issues for the type, or the connector refuses.</exception>
    public async Task<Carried<IssueCredentialResponse>> IssueAsync(IssueCredentialRequest request, Change change, CancellationToken cancellationToken)
    {
        if (request.IdentityId is not { ResourceType.Length: > 0, Resource.Length: > 0 } identity)
        {
            throw new ConnectorException(StatusCode.InvalidArgument, "identity id is required");
        }

        var issuer = connector.Syncers.FirstOrDefault(syncer => syncer.Type.Id == identity.ResourceType) as ICredentialIssuer
            ?? throw new ConnectorException(StatusCode.Unimplemented, "resource type does not have credential issuer configured");
        var encryption = Recipients(request.EncryptionConfigs);
        var descriptor = CredentialIssueRules.Check(request, issuer.Issuance, time.GetUtcNow());
        var asked = new CredentialIssueRequest(request.RequestId, request.CredentialOptions) { ExpiresAt = request.ExpiresAt?.ToDateTimeOffset() };

        var issued = await OnceAsync(() => issuer.IssueCredentialAsync(identity, asked, change, cancellationToken), change);
        var response = await HandOverAsync(issued, request, descriptor, encryption, change);
        LogIssued($"{identity.ResourceType}:{identity.Resource}", issued.Secret.Id.Resource, request.RequestId, issued.Summary);
        return new(response, issued.Summary);
    }

    private static CredentialEncryption Recipients(RepeatedField<EncryptionConfig> configs)
    {
        if (configs.Count == 0)
        {
            throw new ConnectorException(StatusCode.InvalidArgument, "at least one encryption config is required for credential issuance");
        }

        try
        {
            return CredentialEncryption.Parse(configs);
        }
        catch (ConnectorException wrong)
        {
            throw new ConnectorException(wrong.Code, $"error: creating encryption manager failed: {wrong.Message}", wrong);
        }
    }

    // A failure that would pass is one that the platform repeats. After the first request that writes, that may make a second credential.
    private async Task<IssuedCredential> OnceAsync(Func<Task<IssuedCredential>> issue, Change change)
    {
        try
        {
            return await _call.RunAsync(issue, "error: issue credential for identity failed: ");
        }
        catch (ConnectorException failure) when (failure.IsTransient && change.Requests.Count > 0)
        {
            throw new ConnectorException(failure.Code, failure.Message, failure) { IsTransient = false, RateLimit = failure.RateLimit };
        }
    }

    private async Task<IssueCredentialResponse> HandOverAsync(
        IssuedCredential issued, IssueCredentialRequest request, CredentialIssueOptionDescriptor descriptor, CredentialEncryption encryption, Change change)
    {
        try
        {
            return await _call.RunAsync(() => Task.FromResult(Answer(issued, request, descriptor, encryption)));
        }
        catch (ConnectorException failure)
        {
            throw new ConnectorException(failure.Code, $"{failure.Message}; {await TakeBackAsync(issued.Secret, change)}", failure);
        }
        finally
        {
            foreach (var plaintext in issued.Plaintexts)
            {
                plaintext.Dispose();
            }
        }
    }

    private static IssueCredentialResponse Answer(
        IssuedCredential issued, IssueCredentialRequest request, CredentialIssueOptionDescriptor descriptor, CredentialEncryption encryption)
    {
        IssuedCredentialRules.Check(issued, request, descriptor);
        return new()
        {
            Secret = issued.Secret,
            EncryptedData = { encryption.Encrypt(issued.Plaintexts) },
            Annotations = { issued.Annotations },
            ResourceMode = descriptor.ResourceMode,
            RequestId = request.RequestId,
        };
    }

    // Not to be stopped by whoever stops the task: it would leave a credential that nobody has.
    private async Task<string> TakeBackAsync(Resource secret, Change change)
    {
        if (secret.Id is null)
        {
            return "it was not deleted, since nothing says which it is";
        }

        using var bound = new CancellationTokenSource(LongestDeletion, time);
        try
        {
            var deleted = await _deletion.DeleteAsync(
                new() { ResourceId = secret.Id, ParentResourceId = secret.ParentResourceId }, change, bound.Token);
            return $"it was deleted again ({deleted.Summary})";
        }
        catch (Exception failure) when (failure is ConnectorException or OperationCanceledException)
        {
            return $"{secret.Id.ResourceType}:{secret.Id.Resource} was left behind and must be deleted by hand: {failure.Message}";
        }
    }

    [LoggerMessage(EventId = 4051, Level = LogLevel.Information, Message = "credential issued")]
    private partial void LogIssued(string identityId, string secretId, string requestId, string outcome);
}
