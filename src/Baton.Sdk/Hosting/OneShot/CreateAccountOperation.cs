using Baton.Protocol.Connector.V2;
using Baton.Configuration;
using Baton.Sdk.Provisioning;
using Microsoft.Extensions.Logging;
using ResultCase = Baton.Protocol.Connector.V2.CreateAccountResponse.ResultOneofCase;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>Creates an account, and hands over its password to whom the settings say: a file, owners of keys, or nobody.</summary>
internal sealed partial class CreateAccountOperation(AccountInfo account, string resourceTypeId, PasswordDelivery delivery) : IOneShotOperation
{
    public string Name => "create-account";

    public bool ChangesTarget => true;

    /// <exception cref="ConfigurationException">Nothing is said of the account, or the settings contradict each other.</exception>
    public static CreateAccountOperation From(ResolvedConfiguration configuration)
        => new(AccountProfile.Read(configuration), configuration.GetString("create-account-resource-type"), PasswordDelivery.From(configuration));

    public async Task<OperationResult> RunAsync(OperationContext context, CancellationToken cancellationToken)
    {
        foreach (var unknown in AccountProfile.Check(account.Profile, context.Connector.Metadata.AccountCreationSchema))
        {
            LogUnknown(context.Logger, unknown);
        }

        // Whatever could keep the password from those who want it is found before there is an account.
        var provisioning = new AccountProvisioning(context.Connector, clientSecret: null, context.Logger);
        var supported = provisioning.Credentials(resourceTypeId).SupportedCredentialOptions;
        using var password = await NewPassword.PrepareAsync(delivery, supported, context, cancellationToken);
        await context.ConnectAsync(cancellationToken);
        password.Keep();
        try
        {
            var carried = await provisioning.CreateAsync(resourceTypeId, account, password.Request, password.Deliver, context.Change, cancellationToken);
            LogCreated(context.Logger, account.Login, account.Emails.FirstOrDefault()?.Address ?? "", resourceTypeId);
            return Describe(carried, password);
        }
        catch (Exception failure)
        {
            password.Abandon(failure);
            throw;
        }
    }

    private static OperationResult Describe(Carried<CreateAccountResponse> carried, NewPassword password)
    {
        var response = carried.Response;
        response.EncryptedData.Add(password.Encrypted);
        var annotations = response.Annotations.ToList();
        response.Annotations.Clear();
        var outcome = response.ResultCase switch
        {
            ResultCase.AlreadyExists => OperationOutcome.Already,
            ResultCase.ActionRequired => OperationOutcome.ActionRequired,
            ResultCase.InProgress => OperationOutcome.InProgress,
            _ => OperationOutcome.Done,
        };
        return new(outcome, carried.Summary)
        {
            Notes = [.. password.Conclude(response.ResultCase)],
            Details = [.. password.Lines()],
            Annotations = annotations,
            Response = response,
        };
    }

    [LoggerMessage(EventId = 3121, Level = LogLevel.Debug, Message = "account created")]
    private static partial void LogCreated(ILogger logger, string login, string email, string resourceType);

    [LoggerMessage(EventId = 3122, Level = LogLevel.Warning, Message = "part of the profile is not used")]
    private static partial void LogUnknown(ILogger logger, string why);
}
