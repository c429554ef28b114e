using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Baton.Configuration.Secrets;
using Baton.Sdk.Hosting;
using Baton.Sdk.Hosting.Service.Supervision;
using Baton.Sdk.Tasks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Sdk.Tests.Hosting.Service;

/// <summary>What is sent when, on a real socket and by a clock of its own; so everything that was sent is there to be read at once.</summary>
public sealed class ServiceSupervisionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-notify-");
    private readonly Socket _supervisor = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly FakeTimeProvider _time = new();
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly TaskJournal _journal;

    public ServiceSupervisionTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no such supervisor elsewhere");
        var address = Path.Combine(_folder.FullName, "notify");
        _supervisor.Bind(new UnixDomainSocketEndPoint(address));
        _variables["NOTIFY_SOCKET"] = address;
        _journal = new(_time, NullLogger.Instance);
    }

    public void Dispose()
    {
        _supervisor.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Watchdog_ServiceThatDoesNothingAnyMore_IsNotServed()
    {
        _variables["WATCHDOG_USEC"] = "60000000";
        using var socket = Open();
        using var supervision = Supervise(socket);
        _journal.Liveness.Expect(TimeSpan.FromMinutes(1));
        Assert.Contains("WATCHDOG=1", Received(), StringComparer.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(["WATCHDOG=1"], Received());
        _time.Advance(TimeSpan.FromMinutes(10));
        Received();
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty(Received());

        _journal.Liveness.Expect(TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(["WATCHDOG=1"], Received());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("nonsense")]
    public void Watchdog_NotAskedFor_IsNotServed(string interval)
    {
        _variables["WATCHDOG_USEC"] = interval;
        using var socket = Open();
        using var supervision = Supervise(socket);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.DoesNotContain("WATCHDOG=1", Received(), StringComparer.Ordinal);
    }

    [Fact]
    public void Watchdog_OfAnotherProcess_IsNotServed()
    {
        _variables["WATCHDOG_USEC"] = "60000000";
        _variables["WATCHDOG_PID"] = (Environment.ProcessId + 1).ToString(CultureInfo.InvariantCulture);
        using var socket = Open();
        using var supervision = Supervise(socket);

        Assert.DoesNotContain("WATCHDOG=1", Received(), StringComparer.Ordinal);
    }

    [Fact]
    public void Status_PlatformFailsAndComesBack_IsSaidOnceEachWithoutSecrets()
    {
        using var socket = Open();
        using var supervision = Supervise(socket);
        Assert.Equal(["STATUS=Connecting to the platform"], Received());

        _journal.PlatformFailed("no\nway past planted-4711");
        _journal.PlatformFailed("no\nway past planted-4711");
        Assert.Equal(["READY=1", "STATUS=Waiting for the platform: no way past REDACTED"], Received());
        _journal.HelloSaid();
        _journal.PlatformAnswered();

        Assert.Equal(["STATUS=Connected to the platform, waiting for tasks"], Received());
    }

    [Fact]
    public async Task Stop_EndsTheStatusOfBefore()
    {
        using var socket = Open();
        using var stop = new CancellationTokenSource();
        using var supervision = Supervise(socket, stop.Token);
        _journal.HelloSaid();
        _journal.Started();
        Received();

        await stop.CancelAsync();
        _journal.Left();

        Assert.Equal(["STOPPING=1", "STATUS=Stopping, finishing what was begun (1 under way)", "EXTEND_TIMEOUT_USEC=40000000"], Received());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("/nosuch/socket")]
    [InlineData("vsock:2:1234")]
    public void Open_WithoutASupervisor_IsNone(string? address)
    {
        _variables["NOTIFY_SOCKET"] = address ?? "";

        Assert.Null(NotifySocket.Open(Variable, NullLogger.Instance));
    }

    private string? Variable(string name) => _variables.GetValueOrDefault(name);

    private NotifySocket Open() => NotifySocket.Open(Variable, NullLogger.Instance)!;

    private ServiceSupervision Supervise(NotifySocket socket, CancellationToken? stopping = null) => new(
        socket,
        _journal,
        new Redactor(["planted-4711"]),
        TimeSpan.FromSeconds(25),
        new ProcessEnvironment { Variables = Variable, WorkingDirectory = "/", Output = Stream.Null, Error = Stream.Null, Time = _time },
        stopping ?? TestContext.Current.CancellationToken);

    private List<string> Received()
    {
        var lines = new List<string>();
        var buffer = new byte[4096];
        while (_supervisor.Available > 0)
        {
            lines.AddRange(Encoding.UTF8.GetString(buffer, 0, _supervisor.Receive(buffer)).Split('\n'));
        }

        return lines;
    }
}
