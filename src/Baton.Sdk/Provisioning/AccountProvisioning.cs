using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Credentials;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Provisioning;

/// <summary>
/// Creates accounts through the connector's <see cref="IAccountProvisioner"/>, and encrypts what their owners must be told. Who is to be
/// told is checked before the account exists, since its password could not be had again.
/// </summary>
/// <param name="connector">Whose accounts.</param>
/// <param name="clientSecret">The key that given passwords are encrypted to; null when the process has none.</param>
/// <param name="logger">Where it is said.</param>
internal sealed partial class AccountProvisioning(IConnector connector, ClientSecret? clientSecret, ILogger logger)
{
    private const string Prefix = "error: create account failed: ";

    private readonly ConnectorCall _call = new(logger);
    private readonly CredentialOptionsConversion _conversion = new(clientSecret, logger);

    /// <summary>How accounts of the type get a credential.</summary>
    /// <exception cref="ConnectorException">Nobody creates accounts of the type.</exception>
    public CredentialDetailsAccountProvisioning Credentials(string resourceTypeId) => Find(resourceTypeId).Credentials;

    /// <exception cref="ConnectorException">The request is malformed, nobody creates accounts of the type, or the connector refuses.</exception>
    public async Task<Carried<CreateAccountResponse>> CreateAsync(CreateAccountRequest request, Change change, CancellationToken cancellationToken)
    {
        RequestRules.Check(request);
        var provisioner = Find(request.ResourceTypeId);
        var encryption = Prefixed("error: creating encryption manager failed: ", () => CredentialEncryption.Parse(request.EncryptionConfigs));
        using var credential = Prefixed(
            "error: converting credential options failed: ", () => _conversion.Convert(request.CredentialOptions, request.EncryptionConfigs));
        return await CreateAsync(provisioner, request.AccountInfo ?? new AccountInfo(), credential, encryption, change, cancellationToken);
    }

    /// <summary>Creates an account whose credential was decided on here, such as one that a person typed in.</summary>
    /// <exception cref="ConnectorException">Nobody creates accounts of the type, or the connector refuses.</exception>
    public Task<Carried<CreateAccountResponse>> CreateAsync(
        string resourceTypeId, AccountInfo account, CredentialRequest credential, Action<IReadOnlyList<Plaintext>> deliver, Change change, CancellationToken cancellationToken)
        => CreateAsync(Find(resourceTypeId), account, credential, deliver, change, cancellationToken);

    private async Task<Carried<CreateAccountResponse>> CreateAsync(
        IAccountProvisioner provisioner,
        AccountInfo account,
        CredentialRequest credential,
        CredentialEncryption encryption,
        Change change,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<EncryptedData> encrypted = [];
        var carried = await CreateAsync(provisioner, account, credential, plaintexts => encrypted = encryption.Encrypt(plaintexts), change, cancellationToken);
        carried.Response.EncryptedData.Add(encrypted);
        return carried;
    }

    private async Task<Carried<CreateAccountResponse>> CreateAsync(
        IAccountProvisioner provisioner,
        AccountInfo account,
        CredentialRequest credential,
        Action<IReadOnlyList<Plaintext>> deliver,
        Change change,
        CancellationToken cancellationToken)
    {
        var outcome = await _call.RunAsync(() => provisioner.CreateAccountAsync(account, credential, change, cancellationToken), Prefix);
        var response = new CreateAccountResponse();
        response.Annotations.Add(outcome.Annotations);
        switch (outcome)
        {
            case AccountOutcome.Created created:
                response.Success = Success(created);
                Deliver(created.Plaintexts, deliver);
                break;
            case AccountOutcome.AlreadyExists existing:
                response.AlreadyExists = new() { Resource = existing.Account, IsCreateAccountResult = true };
                break;
            case AccountOutcome.ActionRequired required:
                response.ActionRequired = new() { Resource = required.Account, Message = required.Summary, IsCreateAccountResult = true };
                break;
            default:
                throw new InvalidOperationException($"An account outcome that nobody knows: {outcome.GetType().Name}.");
        }

        LogCreated(response.ResultCase.ToString(), outcome.Summary);
        return new(response, outcome.Summary);
    }

    private static CreateAccountResponse.Types.SuccessResult Success(AccountOutcome.Created created) => new()
    {
        Resource = created.Account,
        IsCreateAccountResult = true,
        InvitationExpiresAt = created.InvitationExpiresAt?.ToTimestamp(),
    };

    private static void Deliver(IReadOnlyList<Plaintext> plaintexts, Action<IReadOnlyList<Plaintext>> deliver)
    {
        try
        {
            deliver(plaintexts);
        }
        finally
        {
            foreach (var plaintext in plaintexts)
            {
                plaintext.Dispose();
            }
        }
    }

    // Without a type it is the only one, or else the one that is called user.
    private IAccountProvisioner Find(string resourceTypeId)
    {
        var all = connector.Syncers.Where(syncer => syncer is IAccountProvisioner).ToList();
        var type = resourceTypeId.Length > 0 ? resourceTypeId : all is [var only] ? only.Type.Id : "user";
        return all.Find(syncer => syncer.Type.Id == type) as IAccountProvisioner
            ?? throw new ConnectorException(StatusCode.Unimplemented, $"connector does not have account manager configured for resource type: {type}");
    }

    private static T Prefixed<T>(string prefix, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ConnectorException wrong)
        {
            throw new ConnectorException(wrong.Code, prefix + wrong.Message, wrong);
        }
    }

    [LoggerMessage(EventId = 4041, Level = LogLevel.Information, Message = "account creation ended")]
    private partial void LogCreated(string result, string outcome);
}
