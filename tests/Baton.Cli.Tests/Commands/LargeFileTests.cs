using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

/// <summary>Alone, since it measures the memory of the whole process.</summary>
[CollectionDefinition(nameof(LargeFileTests), DisableParallelization = true)]
[Collection(nameof(LargeFileTests))]
public sealed class LargeFileTests
{
    private const int Grants = 20_000;
    private const long AllowedBytes = 48 << 20;

    [Theory]
    [InlineData("json")]
    [InlineData("console")]
    public async Task Grants_ManyRows_AreListedInLittleMemory(string format)
    {
        using var file = TemporaryFile.WithGrants(users: 5000, Grants);
        using var output = new MeasuringWriter();
        using var folder = new TemporaryFolder();
        var host = new ProgramHost(output, TextWriter.Null, name => name == "BATON_TMPDIR" ? folder.Path : null, Terminal: null);

        var code = await BatonProgram.RunAsync(["grants", "-f", file.Path, "-o", format], host, TestContext.Current.CancellationToken);

        Assert.Equal(0, code);
        Assert.InRange(output.Lines, Grants + 1, Grants + 2);
        Assert.InRange(output.MostBytes - output.BytesBefore, long.MinValue, AllowedBytes);
    }

    /// <summary>Keeps nothing, and looks at the live memory now and then.</summary>
    private sealed class MeasuringWriter : StringWriter
    {
        private const int LookEvery = 1 << 20;

        private long _written;

        public long BytesBefore { get; } = GC.GetTotalMemory(forceFullCollection: true);

        public long MostBytes { get; private set; }

        public int Lines { get; private set; }

        public override void Write(char[] buffer, int index, int count) => Take(buffer.AsSpan(index, count));

        public override void Write(System.Text.StringBuilder? value) => Take(value!.ToString());

        private void Take(ReadOnlySpan<char> text)
        {
            Lines += text.Count('\n');
            if ((_written + text.Length) / LookEvery > _written / LookEvery)
            {
                MostBytes = Math.Max(MostBytes, GC.GetTotalMemory(forceFullCollection: true));
            }

            _written += text.Length;
        }
    }
}
