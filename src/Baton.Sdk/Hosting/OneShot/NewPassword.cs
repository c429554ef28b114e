using System.Text;
using Baton.Credentials;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Option = Baton.Protocol.Connector.V2.CapabilityDetailCredentialOption;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>
/// The password of an account that is being created, from before there is the account until it is known what became of it. Never shown,
/// and wiped at the end.
/// </summary>
internal sealed partial class NewPassword : IDisposable
{
    private const int Length = 20;

    private readonly PasswordDelivery _delivery;
    private readonly CredentialEncryption _encryption;
    private readonly OperationContext _context;
    private PasswordFile? _file;
    private bool _isUsed;

    private NewPassword(PasswordDelivery delivery, CredentialEncryption encryption, CredentialRequest request, OperationContext context)
    {
        _delivery = delivery;
        _encryption = encryption;
        _context = context;
        Request = request;
    }

    /// <summary>What the connector is asked for.</summary>
    public CredentialRequest Request { get; }

    /// <summary>What the recipients get.</summary>
    public IReadOnlyList<EncryptedData> Encrypted { get; private set; } = [];

    /// <param name="delivery">Who is to have it.</param>
    /// <param name="supported">How the connector's accounts get a credential.</param>
    /// <param name="context">What the operation works with.</param>
    /// <param name="cancellationToken">Ends reading it.</param>
    /// <exception cref="Configuration.ConfigurationException">A file or a recipient cannot be used.</exception>
    /// <exception cref="ConnectorException">A recipient is no key, or the connector's accounts have no such password.</exception>
    public static async Task<NewPassword> PrepareAsync(
        PasswordDelivery delivery, IReadOnlyCollection<Option> supported, OperationContext context, CancellationToken cancellationToken)
    {
        var encryption = CredentialEncryption.Parse(PasswordRecipients.Read(delivery.Recipients, context.Environment.WorkingDirectory));
        if (delivery.File is { } file)
        {
            PasswordFile.Check(file, context.Environment.WorkingDirectory);
        }

        var isSet = delivery.IsGiven || delivery.File is not null;
        if (delivery.IsAsked && !supported.Contains(isSet ? Option.EncryptedPassword : Option.RandomPassword))
        {
            throw new ConnectorException(
                StatusCode.FailedPrecondition, "this connector creates accounts without such a password, so there is none to hand over: leave out the --create-account-password-… and --create-account-recipient flags");
        }

        CredentialRequest request = delivery.IsGiven ? new CredentialRequest.GivenPassword(await GivenPassword.ReadAsync(context.Environment, cancellationToken))

            // Made here and not by the connector, so that it is safe in its file before it is used.
            : isSet ? new CredentialRequest.GivenPassword(PasswordGenerator.Secure.Generate("password", Length, []))
            : supported.Contains(Option.RandomPassword) ? new CredentialRequest.RandomPassword(Length)
            : supported.Contains(Option.NoPassword) ? new CredentialRequest.NoPassword()
            : new CredentialRequest.None();
        return new(delivery, encryption, request, context);
    }

    /// <summary>Puts it into its file, if it has one and this is no dry run.</summary>
    /// <exception cref="Configuration.ConfigurationException">The file cannot be written.</exception>
    public void Keep()
    {
        if (_delivery.File is { } file && Request is CredentialRequest.GivenPassword { Password: var password } && !_context.Change.IsDryRun)
        {
            _file = PasswordFile.Write(file, _context.Environment.WorkingDirectory, password.Bytes);
        }
    }

    /// <summary>Takes what the connector made.</summary>
    public void Deliver(IReadOnlyList<Plaintext> plaintexts)
    {
        _isUsed = plaintexts.Count > 0;
        Encrypted = _encryption.Encrypt(plaintexts);
    }

    /// <summary>After an answer of the connector: what people must know of the password.</summary>
    public IEnumerable<string> Conclude(CreateAccountResponse.ResultOneofCase result)
    {
        // An account that was not there when it was asked for, and is there now, may be of our own making.
        var isCertain = result == CreateAccountResponse.ResultOneofCase.Success || _context.Change.Requests.Count == 0;
        if (_file is { } file)
        {
            if (isCertain && !_isUsed)
            {
                file.Remove();
                yield return $"no password was set, and {file.Path} is not left behind";
            }
            else
            {
                yield return isCertain ? $"its password is in {file.Path}, which only you may read" : $"if it is of this command's making, its password is in {file.Path}";
            }
        }
        else if (_isUsed && !_delivery.IsAsked)
        {
            yield return "its password was made up and thrown away: nobody knows it. Have it reset, and the next time give --create-account-password-file or --create-account-recipient";
        }
    }

    /// <summary>What the recipients get, a line each, to be copied from a terminal.</summary>
    public IEnumerable<string> Lines()
        => Encrypted.Select((data, i) => $"{data.Name}, encrypted to {_delivery.Recipients[i % _delivery.Recipients.Count]}: {Text(data)}");

    /// <summary>After a failure: the file stays only where the account may have come about nevertheless.</summary>
    public void Abandon(Exception failure)
    {
        if (_file is not { } file)
        {
            return;
        }

        if (_context.Change.Requests.Count == 0 || failure is ConnectorException { Code: var code } && IsDefinite(code))
        {
            file.Remove();
        }
        else
        {
            LogKept(_context.Logger, file.Path);
        }
    }

    public void Dispose() => Request.Dispose();

    private static bool IsDefinite(StatusCode code)
        => code is not (StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Aborted or StatusCode.Internal or StatusCode.Unknown);

    // The one provider sends text, the other a file as it is.
    private static string Text(EncryptedData data)
        => data.Provider == JwkRecipient.ProviderName ? Encoding.ASCII.GetString(data.EncryptedBytes.Span) : data.EncryptedBytes.ToBase64();

    [LoggerMessage(EventId = 3131, Level = LogLevel.Warning, Message = "the account may have been created: the file with its password is kept")]
    private static partial void LogKept(ILogger logger, string file);
}
