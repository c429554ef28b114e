using Baton.C1z.Reading;
using Podium.Data;

namespace Podium.Inventory.Applying;

/// <summary>What differs between storing resources, accounts and entitlements: their columns.</summary>
internal interface IRowWriting
{
    KnownRows Rows { get; }

    StoredTable FileTable { get; }

    BulkTable Insert { get; }

    /// <summary>Of another version. The version before is kept in <see cref="PastTable"/>.</summary>
    BulkTable Update { get; }

    /// <summary>Of what has no history.</summary>
    BulkTable Touch { get; }

    string PastTable { get; }

    /// <summary>The column of <see cref="PastTable"/> that refers to the row.</summary>
    string PastKey { get; }

    /// <summary>The columns that both tables have.</summary>
    string VersionColumns { get; }

    /// <summary>Whether one that ended and is there again is the same row.</summary>
    bool ReturnsAsTheSame { get; }

    /// <param name="data">The message; empty for a placeholder.</param>
    void WriteInsert(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data, string externalId, RowStamp stamp);

    void WriteUpdate(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data, string externalId, RowStamp stamp);

    void WriteTouch(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data);
}

/// <summary>What all rows that are written together have in common.</summary>
internal readonly record struct RowStamp(long AppId, long ConnectorId, Moment At, long CauseId);
