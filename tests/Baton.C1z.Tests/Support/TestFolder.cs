using Microsoft.Extensions.Time.Testing;

namespace Baton.C1z.Tests.Support;

/// <summary>A folder for the files of one test, and in it one for the working copies, which must be empty when all are closed.</summary>
internal sealed class TestFolder : IDisposable
{
    public TestFolder()
    {
        Path = Directory.CreateTempSubdirectory("baton-c1z-tests-").FullName;
        Temporary = Directory.CreateDirectory(In("tmp")).FullName;
        Options = new() { TemporaryFolder = Temporary, Time = Time };
    }

    public string Path { get; }

    public string Temporary { get; }

    /// <summary>A day after the fixtures were made, on a clock that stands still, half past everyone else's hour.</summary>
    public FakeTimeProvider Time { get; } = NewTime();

    public C1zOptions Options { get; init; }

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A writable copy, since the fixtures are not ours to change.</summary>
    public string Copy(Fixture fixture, string name = "copy.c1z") => Write(name, File.ReadAllBytes(fixture.Path));

    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(In(name), bytes);
        return In(name);
    }

    public C1zFile OpenRead(string name) => C1zFile.OpenRead(In(name), Options);

    public C1zFile OpenWrite(string name) => C1zFile.OpenWrite(In(name), Options);

    public void AssertNothingIsLeft()
    {
        Assert.Empty(Directory.EnumerateFileSystemEntries(Temporary));
        Assert.Empty(Directory.EnumerateFiles(Path, "*.tmp"));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static FakeTimeProvider NewTime()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 9, 30, 0, TimeSpan.Zero));
        time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromMinutes(330), "test", "test"));
        return time;
    }
}
