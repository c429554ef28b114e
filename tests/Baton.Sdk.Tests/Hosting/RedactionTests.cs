using System.Text;
using System.Text.Json;
using Baton.Protocol.Connector.V2;
using Baton.Protocol.ConnectorApi.V1;
using Baton.Sdk.Connectors;
using Baton.Sdk.Tasks;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Sdk.Tests.Hosting;

/// <summary>What a server repeats of a request's secrets is on no stream of the process, in whatever form, whatever is run.</summary>
public sealed class RedactionTests : IDisposable
{
    private const string Password = "pl&nted \"4711/+";

    private readonly ScriptedProgram _program = new();

    public static TheoryData<string, bool, string[]> Runs()
    {
        string[] forms =
        [
            Password,
            $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Password}"))}",
            $"Authorization: Bearer {Password}",
            $"https://g/{Uri.EscapeDataString(Password)}/api",
            JsonSerializer.Serialize(Password),
        ];
        string[][] commands =
        [
            [],
            ["doctor"],
            ["doctor", "--output-format", "json"],
            ["--provisioning", "--grant-entitlement", "e", "--grant-principal", "p", "--grant-principal-type", "user"],
            ["--provisioning", "--invoke-action", "a"],
            ["--client-id", "n@127.0.0.1:1/x", "--client-secret", "secret-token:conductorone.com:v1:x"],
        ];
        var runs = new TheoryData<string, bool, string[]>();
        foreach (var form in forms)
        {
            foreach (var command in commands)
            {
                runs.Add(form, true, command);
                runs.Add(form, false, command);
            }
        }

        return runs;
    }

    public void Dispose() => _program.Dispose();

    [Theory]
    [MemberData(nameof(Runs))]
    public async System.Threading.Tasks.Task RunAsync_ServerRepeatsASecret_NobodyReadsIt(string form, bool onATerminal, string[] command)
    {
        (_program.OnATerminal, _program.OutputOnATerminal) = (onATerminal, onATerminal);
        _program.Variables["BATON_PASSWORD"] = Password;
        _program.Create = (_, _) => throw new ConnectorException(StatusCode.Internal, $"500: you sent {form}!");

        await _program.RunAsync(command);

        var shown = _program.Output + _program.Error;
        Assert.DoesNotContain("4711", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Password}"))[9..20], shown, StringComparison.Ordinal);
        Assert.Contains(command.Contains("--client-id") ? "invalid client secret" : "REDACTED", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async System.Threading.Tasks.Task RunAsync_BugWithASecret_IsReportedWithoutIt()
    {
        _program.Variables["BATON_PASSWORD"] = Password;
        _program.Create = (_, _) => throw new InvalidOperationException($"odd: {Password}");

        Assert.Equal(2, await _program.RunAsync());

        Assert.Contains("unexpected failure, please report it: System.InvalidOperationException: odd: REDACTED", _program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async System.Threading.Tasks.Task RunAsync_CommandLineThatCannotBeRead_RepeatsNoSecretOfIt()
    {
        Assert.Equal(2, await _program.RunAsync("--password", "planted-4711", "--workers", "planted-4711"));

        Assert.Equal("invalid argument \"REDACTED\" for \"--workers\" flag: strconv.ParseInt: parsing \"REDACTED\": invalid syntax\n", _program.Error);
    }

    [Fact]
    public void Of_ReportToThePlatform_HasNoSecretAnywhere()
    {
        var redactor = new Configuration.Secrets.Redactor("planted-4711");
        var response = new GetActionStatusResponse { Id = "planted-4711", Response = Struct.Parser.ParseJson("""{"a":["planted-4711",{"b":"planted-4711"}]}""") };
        var report = new BatonServiceFinishTaskRequest
        {
            TaskId = "t",
            Success = new() { Response = Any.Pack(response), Annotations = { Any.Pack(new RateLimitDescription()), Any.Pack(Value.ForString("planted-4711")) } },
        };
        var failed = new BatonServiceFinishTaskRequest { Status = new() { Message = "you sent planted-4711", Details = { Any.Pack(response) } } };

        var (shownReport, shownFailure) = (RedactedMessage.Of(report, redactor), RedactedMessage.Of(failed, redactor));

        Assert.DoesNotContain("4711", Encoding.UTF8.GetString(Google.Protobuf.MessageExtensions.ToByteArray(shownReport)), StringComparison.Ordinal);
        Assert.DoesNotContain("4711", Encoding.UTF8.GetString(Google.Protobuf.MessageExtensions.ToByteArray(shownFailure)), StringComparison.Ordinal);
        Assert.Equal("you sent REDACTED", shownFailure.Status.Message);
        Assert.Equal("REDACTED", shownReport.Success.Response.Unpack<GetActionStatusResponse>().Id);
        Assert.Equal("planted-4711", response.Id);
    }
}
