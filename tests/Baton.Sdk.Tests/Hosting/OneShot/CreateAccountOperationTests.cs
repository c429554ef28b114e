using System.Text;
using System.Text.Json;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Credentials.Tests;
using Baton.Credentials.Tests.Decryption;
using Baton.Sdk.Tests.Sync;
using Grpc.Core;
using Option = Baton.Protocol.Connector.V2.CapabilityDetailCredentialOption;

namespace Baton.Sdk.Tests.Hosting.OneShot;

public sealed class CreateAccountOperationTests : IDisposable
{
    private static readonly string[] Ada = ["--create-account-email", "ada@example.com", "-p", "--log-level", "debug"];

    private readonly OneShotRig _rig = new();
    private AccountInfo? _account;
    private string? _password;
    private int _created;

    public CreateAccountOperationTests() => _rig.Users = new() { Create = Create };

    private string PasswordPath => Path.Combine(_rig.Program.Folder, "password");

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task RunAsync_EmailAlone_CreatesAnAccountAndNoFile()
    {
        Assert.Equal(0, await _rig.RunAsync(Ada));

        Assert.Equal("""{ "emails": [ { "address": "ada@example.com", "isPrimary": true } ], "profile": { "email": "ada@example.com" } }""", _account?.ToString());
        Assert.Equal(("create-account", "done", "created ada"), (_rig.Result.GetProperty("operation").GetString(), _rig.Outcome, _rig.Summary));
        Assert.Equal("3", _rig.Result.GetProperty("response").GetProperty("success").GetProperty("resource").GetProperty("id").GetProperty("resource").GetString());
        Assert.Contains("\"msg\":\"account created\",\"login\":\"\",\"email\":\"ada@example.com\"", _rig.Program.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_rig.Program.Folder));
    }

    [Fact]
    public async Task RunAsync_NobodyIsToldThePassword_SaysThatItIsLost()
    {
        Assert.Equal(0, await _rig.RunAsync(Ada));

        Assert.Equal(20, _password?.Length);
        Assert.Equal(
            ["its password was made up and thrown away: nobody knows it. Have it reset, and the next time give --create-account-password-file or --create-account-recipient"],
            _rig.Texts("notes"));
        NobodySeesThePassword();
    }

    [Fact]
    public async Task RunAsync_LoginEmailAndProfile_TheProfileCounts()
    {
        Assert.Equal(0, await _rig.RunAsync(
            "--create-account-login", "ada", "--create-account-email", "flag@example.com",
            "--create-account-profile", """{"email": "ada@example.com", "org_id": 7, "full_name": "Ada"}""", "-p"));

        Assert.Equal("ada", _account?.Login);
        Assert.Equal("ada", _account?.Profile.Fields["login"].StringValue);
        Assert.Equal("ada@example.com", _account?.Profile.Fields["email"].StringValue);
        Assert.Equal(7, _account?.Profile.Fields["org_id"].NumberValue);
        Assert.Equal("flag@example.com", Assert.Single(_account!.Emails).Address);
    }

    [Theory]
    [InlineData("failed to parse create-account-profile: it is not JSON: line 1, byte 2; a JSON object is expected, as {\"key\": \"value\"}", "--create-account-profile", "{login: ada}")]
    [InlineData("failed to parse create-account-profile: it must be a JSON object, as {\"key\": \"value\"}, but is a string", "--create-account-login", "ada", "--create-account-profile", "\"ada\"")]
    [InlineData("unknown provisioning action: nothing is said of the account: give --create-account-email, --create-account-login, or both", "--create-account-profile", "{}")]
    [InlineData("unknown provisioning action: nothing is said of the account: give --create-account-email, --create-account-login, or both", "--create-account-login=")]
    [InlineData("--create-account-resource-type goes with --create-account-email, which is not given", "--create-account-resource-type", "user")]
    [InlineData("--create-account-password-file goes with --create-account-email, which is not given", "--create-account-password-file", "x")]
    [InlineData("create-account-password-file must be the path of a new file", "--create-account-email", "a@b", "--create-account-password-file=")]
    [InlineData("--create-account-password-stdin goes without --create-account-password-file and --create-account-recipient: whoever gives the password has it", "--create-account-email", "a@b", "--create-account-password-stdin", "--create-account-password-file", "x")]
    public async Task RunAsync_Unusable_IsAUsageErrorAndCreatesNothing(string text, params string[] arguments)
    {
        Assert.Equal(2, await _rig.RunAsync([.. arguments, "-p"]));

        Assert.Equal($"{text}\n", _rig.Program.Error);
        Assert.Equal(0, _created);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_rig.Program.Folder));
    }

    [Fact]
    public async Task RunAsync_ProfileAgainstTheSchema_IsRefusedOrRemarkedUpon()
    {
        _rig.Metadata = new()
        {
            AccountCreationSchema = new() { FieldMap = { ["email"] = new() { StringField = new() }, ["admin"] = new() { BoolField = new() } } },
        };

        Assert.Equal(2, await _rig.RunAsync([.. Ada, "--create-account-profile", """{"admin": "yes"}"""]));
        Assert.Equal("create-account-profile: admin must be true or false", _rig.LastError);
        Assert.Equal(0, _created);

        _rig.Program.ClearStreams();
        Assert.Equal(0, await _rig.RunAsync([.. Ada, "--create-account-profile", """{"emial": "x", "admin": true}"""]));
        Assert.Contains("'emial' of the profile means nothing to this connector, which knows admin, email", _rig.Program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_UnknownType_IsUnimplemented()
    {
        Assert.Equal(12, await _rig.RunAsync([.. Ada, "--create-account-resource-type", "nope"]));

        Assert.Equal("connector does not have account manager configured for resource type: nope", _rig.LastError);
    }

    [Fact]
    public async Task RunAsync_PasswordFile_IsWrittenBeforeTheAccountExistsForTheOwnerAlone()
    {
        byte[]? before = null;
        _rig.Users = new()
        {
            Create = (account, credential, change) =>
            {
                before = File.ReadAllBytes(PasswordPath);
                return Create(account, credential, change);
            },
        };

        Assert.Equal(0, await _rig.RunAsync([.. Ada, "--create-account-password-file", "password"]));

        Assert.Equal(_password, Encoding.UTF8.GetString(before!));
        Assert.Equal(_password, await File.ReadAllTextAsync(PasswordPath, TestContext.Current.CancellationToken));
        Assert.Equal(20, _password!.Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PasswordPath));
        }

        Assert.Equal(["its password is in password, which only you may read"], _rig.Texts("notes"));
        NobodySeesThePassword();
    }

    [Theory]
    [InlineData("password", "create-account-password-file: password exists already and is not overwritten: it may hold the password of another account")]
    [InlineData("link", "create-account-password-file: link exists already and is not overwritten: it may hold the password of another account")]
    [InlineData("no/such/folder", "create-account-password-file: no/such/folder cannot be written: its folder does not exist")]
    public async Task RunAsync_PasswordFileCannotBeMade_CreatesNothing(string path, string why)
    {
        await File.WriteAllTextAsync(PasswordPath, "of another account", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(_rig.Program.Folder, "link"), "nowhere");

        Assert.Equal(2, await _rig.RunAsync([.. Ada, "--create-account-password-file", path]));

        Assert.Equal(why, _rig.LastError);
        Assert.Equal(0, _created);
        Assert.Equal("of another account", await File.ReadAllTextAsync(PasswordPath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RunAsync_PasswordFileAndDryRun_MakesNoFile()
    {
        Assert.Equal(0, await _rig.RunAsync([.. Ada, "--create-account-password-file", "password", "--dry-run"]));

        Assert.Equal("would", _rig.Outcome);
        Assert.Equal(0, _created);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_rig.Program.Folder));
    }

    [Fact]
    public async Task RunAsync_ThereBefore_LeavesNoPasswordFile()
    {
        _rig.Users = new() { Create = (_, _, _) => new AccountOutcome.AlreadyExists("ada was there before", Make.User("1")) };

        Assert.Equal(0, await _rig.RunAsync([.. Ada, "--create-account-password-file", "password"]));

        Assert.Equal("already", _rig.Outcome);
        Assert.Equal(["no password was set, and password is not left behind"], _rig.Texts("notes"));
        Assert.False(File.Exists(PasswordPath));
    }

    [Fact]
    public async Task RunAsync_ThereAfterItWasAskedFor_KeepsThePasswordFile()
    {
        _rig.Users = new()
        {
            Create = (_, _, change) =>
            {
                change.Send(new("POST", "/users"));
                return new AccountOutcome.AlreadyExists("ada is there", Make.User("1"));
            },
        };

        Assert.Equal(0, await _rig.RunAsync([.. Ada, "--create-account-password-file", "password"]));

        Assert.Equal(["if it is of this command's making, its password is in password"], _rig.Texts("notes"));
        Assert.True(File.Exists(PasswordPath));
    }

    [Theory]
    [InlineData(StatusCode.PermissionDenied, true, false)]
    [InlineData(StatusCode.Unavailable, true, true)]
    [InlineData(StatusCode.Unavailable, false, false)]
    public async Task RunAsync_Fails_KeepsThePasswordFileWhereTheAccountMayExist(StatusCode code, bool isSent, bool isKept)
    {
        _rig.Users = new()
        {
            Create = (_, _, change) =>
            {
                if (isSent)
                {
                    change.Send(new("POST", "/users"));
                }

                throw new ConnectorException(code, "refused");
            },
        };

        Assert.Equal((int)code, await _rig.RunAsync([.. Ada, "--create-account-password-file", "password"]));

        Assert.Equal("error: create account failed: refused", _rig.LastError);
        Assert.Equal(isKept, File.Exists(PasswordPath));
        Assert.Equal(isKept, _rig.Program.Error.Contains("the account may have been created: the file with its password is kept\",\"file\":\"password\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_Interrupted_KeepsThePasswordFile()
    {
        using var stop = new CancellationTokenSource();
        _rig.Users = new()
        {
            Create = (account, credential, change) =>
            {
                stop.Cancel();
                return Create(account, credential, change);
            },
        };

        Assert.Equal(1, await _rig.RunUntilAsync(stop.Token, [.. Ada, "--create-account-password-file", "password"]));

        Assert.Equal(_password, await File.ReadAllTextAsync(PasswordPath, TestContext.Current.CancellationToken));
        NobodySeesThePassword();
    }

    [Fact]
    public async Task RunAsync_Recipients_CanReadThePassword()
    {
        var jwk = Vectors.Entry("jwk_provider", "ed25519");
        await File.WriteAllTextAsync(Path.Combine(_rig.Program.Folder, "key.jwk"), jwk.GetProperty("public_jwk").GetRawText(), TestContext.Current.CancellationToken);
        var age = Vectors.Entry("age_provider", "x25519");

        Assert.Equal(0, await _rig.RunAsync([.. Ada, "--create-account-recipient", age.Text("recipient"), "--create-account-recipient", "key.jwk"]));

        var encrypted = _rig.Result.GetProperty("response").GetProperty("encryptedData").EnumerateArray().ToList();
        Assert.Equal(2, encrypted.Count);
        Assert.Equal(_password, Encoding.UTF8.GetString(KeyOwner.Decrypt(age.Text("identity"), Bytes(encrypted[0]))));
        Assert.Equal(_password, Encoding.UTF8.GetString(KeyOwner.Decrypt(jwk.GetProperty("private_jwk"), Bytes(encrypted[1]))));
        Assert.Equal("[]", _rig.Result.GetProperty("notes").GetRawText());
        NobodySeesThePassword();
    }

    [Fact]
    public async Task RunAsync_RecipientAndTerminal_ShowsWhatToHandOver()
    {
        _rig.Program.OutputOnATerminal = true;
        var age = Vectors.Entry("age_provider", "x25519");

        Assert.Equal(0, await _rig.RunAsync([.. Ada, "--create-account-recipient", age.Text("recipient")]));

        var lines = _rig.Program.Output.Split('\n');
        Assert.Equal("created ada", lines[0]);
        var line = $"  password, encrypted to {age.Text("recipient")}: ";
        Assert.StartsWith(line, lines[1], StringComparison.Ordinal);
        Assert.Equal(_password, Encoding.UTF8.GetString(KeyOwner.Decrypt(age.Text("identity"), Convert.FromBase64String(lines[1][line.Length..]))));
        NobodySeesThePassword();
    }

    [Theory]
    [InlineData("age1nonsense", "create-account-recipient: age1nonsense: age: invalid recipient")]
    [InlineData("nowhere.jwk", "create-account-recipient: neither an age recipient (age1…) nor a file with a JWK that can be read: nowhere.jwk")]
    [InlineData("AGE-SECRET-KEY-1PLANTED", "create-account-recipient: that is a secret key, which belongs nowhere but to its owner; give the recipient that belongs to it, age1… (age-keygen -y prints it)")]
    public async Task RunAsync_RecipientIsNoKey_CreatesNothing(string recipient, string why)
    {
        Assert.Equal(2, await _rig.RunAsync([.. Ada, "--create-account-recipient", recipient]));

        Assert.Equal(why, _rig.LastError);
        Assert.DoesNotContain("PLANTED", _rig.Program.Error + _rig.Program.Output, StringComparison.Ordinal);
        Assert.Equal(0, _created);
    }

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("correct horse battery\n")]
    [InlineData("correct horse battery\r\n")]
    public async Task RunAsync_PasswordOnStandardInput_IsSet(string input)
    {
        _rig.Program.Input = input;

        Assert.Equal(0, await _rig.RunAsync([.. Ada, "--create-account-password-stdin"]));

        Assert.Equal("correct horse battery", _password);
        Assert.Equal("[]", _rig.Result.GetProperty("notes").GetRawText());
        NobodySeesThePassword();
    }

    [Theory]
    [InlineData("", "there is nothing on standard input")]
    [InlineData("\n", "there is nothing on standard input")]
    [InlineData("one\ntwo", "there is more than one line on standard input")]
    [InlineData(null, "standard input is a terminal, which would show it: give a file or a pipe, as in < password.txt")]
    public async Task RunAsync_NoPasswordOnStandardInput_CreatesNothing(string? input, string why)
    {
        _rig.Program.Input = input;

        Assert.Equal(2, await _rig.RunAsync([.. Ada, "--create-account-password-stdin"]));

        Assert.Equal($"create-account-password-stdin: no password: {why}", _rig.LastError);
        Assert.Equal(0, _created);
    }

    [Fact]
    public async Task RunAsync_PasswordOnStandardInputIsVeryLong_CreatesNothing()
    {
        _rig.Program.Input = new string('x', 5000);

        Assert.Equal(2, await _rig.RunAsync([.. Ada, "--create-account-password-stdin"]));

        Assert.Equal("create-account-password-stdin: no password: it is longer than 1024 bytes", _rig.LastError);
    }

    [Theory]
    [InlineData("--create-account-password-file", "password")]
    [InlineData("--create-account-password-stdin")]
    public async Task RunAsync_ConnectorInvites_HasNoPasswordToHandOver(params string[] arguments)
    {
        _rig.Program.Input = "correct horse battery";
        _rig.Users = Inviting();

        Assert.Equal(9, await _rig.RunAsync([.. Ada, .. arguments]));

        Assert.StartsWith("this connector creates accounts without such a password", _rig.LastError, StringComparison.Ordinal);
        Assert.False(File.Exists(PasswordPath));
    }

    [Fact]
    public async Task RunAsync_ConnectorInvites_SaysWhatIsToBeDone()
    {
        _rig.Program.OutputOnATerminal = true;
        _rig.Users = Inviting();

        Assert.Equal(0, await _rig.RunAsync(Ada));

        Assert.Equal("Not complete yet: follow the link in the mail\n", _rig.Program.Output);
    }

    [Fact]
    public async Task RunAsync_SomebodyMustAct_IsAnOutcomeOfItsOwn()
    {
        _rig.Users = Inviting();

        Assert.Equal(0, await _rig.RunAsync(Ada));

        Assert.Equal("action-required", _rig.Outcome);
        Assert.Equal("follow the link in the mail", _rig.Result.GetProperty("response").GetProperty("actionRequired").GetProperty("message").GetString());
    }

    private static ScriptedUsers Inviting() => new()
    {
        Credentials = new() { SupportedCredentialOptions = { Option.NoPassword }, PreferredCredentialOption = Option.NoPassword },
        Create = (_, credential, _) =>
        {
            Assert.IsType<CredentialRequest.NoPassword>(credential);
            return new AccountOutcome.ActionRequired("follow the link in the mail");
        },
    };

    private static byte[] Bytes(JsonElement encrypted) => encrypted.GetProperty("encryptedBytes").GetBytesFromBase64();

    private AccountOutcome.Created Create(AccountInfo account, CredentialRequest credential, Change change)
    {
        _account = account;
        var password = credential.CreatePassword();
        _password = Encoding.UTF8.GetString(password.Bytes);
        change.Send(new("POST", "/users", """{"login":"ada"}"""));
        _created++;
        return new AccountOutcome.Created("created ada", Make.User("3")) { Plaintexts = [password] };
    }

    private void NobodySeesThePassword()
    {
        Assert.NotNull(_password);
        Assert.DoesNotContain(_password, _rig.Program.Output + _rig.Program.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(_password)), _rig.Program.Output + _rig.Program.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(JsonEncodedText.Encode(_password).ToString(), _rig.Program.Output + _rig.Program.Error, StringComparison.Ordinal);
    }
}
