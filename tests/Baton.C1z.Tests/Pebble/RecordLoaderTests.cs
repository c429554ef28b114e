using Baton.C1z.Container;
using Baton.C1z.Pebble;
using Baton.C1z.Schema;
using Baton.C1z.Sqlite;
using Baton.C1z.Tests.Support;
using Baton.Protocol.Storage.V3;
using Google.Protobuf;

namespace Baton.C1z.Tests.Pebble;

public sealed class RecordLoaderTests : IDisposable
{
    // An eighth of the window is what one value may take: 1 MiB.
    private static readonly DecodeLimits Limits = new() { MaxWindowBytes = 8 << 20 };

    private readonly TestFolder _folder = new();

    [Theory]
    [InlineData(1 << 19, false)]
    [InlineData(1 << 21, true)]
    public void Load_LongValue_IsTakenUpToTheLimit(int length, bool isRefused)
    {
        using var database = SqliteDatabase.Open(_folder.Write("x.db", []));
        C1zSchema.CreateOrMigrate(database);
        var loader = new RecordLoader("x.c1z", new Store(new string('x', length)), database, Limits);

        var fault = Record.Exception(loader.Load);

        Assert.Equal(isRefused ? C1zError.TooLarge : null, (fault as C1zException)?.Error);
        Assert.Equal(isRefused, fault is not null);
    }

    public void Dispose() => _folder.Dispose();

    private sealed class Store(string name) : IOrderedRecords
    {
        public IEnumerable<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value)> Read(ReadOnlyMemory<byte> from, ReadOnlyMemory<byte> before)
        {
            ReadOnlyMemory<byte> value = from.Equals(RecordKeys.KeyspaceVersion.From) ? new byte[] { 0, 0, 0, 2 }
                : from.Equals(RecordKeys.SyncRun.From) ? new SyncRunRecord { SyncId = "3MVN1hcHANR2zv3RdqrpMENY6kQ" }.ToByteArray()
                : from.Equals(RecordKeys.ResourceTypes.From) ? new ResourceTypeRecord { ExternalId = "team", DisplayName = name }.ToByteArray()
                : default;
            return value.IsEmpty ? [] : [(from, value)];
        }
    }
}
