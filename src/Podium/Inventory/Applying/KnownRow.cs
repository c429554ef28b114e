namespace Podium.Inventory.Applying;

/// <summary>
/// A resource, account or entitlement while a sync is compared: what is stored of it, and what the file says. There may be a million, so that
/// it is small and holds no text.
/// </summary>
internal struct KnownRow
{
    /// <summary>Its type and id, hashed.</summary>
    public UInt128 Key;

    /// <summary>As it is stored; zero for a placeholder.</summary>
    public UInt128 Hash;

    public UInt128 RawHash;

    /// <summary>The raw hash of the file's row.</summary>
    public UInt128 FileRawHash;

    /// <summary>Of a resource in the file, the key of the one around it; zero without.</summary>
    public UInt128 ParentKey;

    /// <summary>Zero until it is stored.</summary>
    public long Id;

    /// <summary>Its row in the file.</summary>
    public long FileRow;

    /// <summary>Microseconds, as <see cref="Data.Moment"/>.</summary>
    public long Since;

    /// <summary>Zero for one that is there.</summary>
    public long DeletedAt;

    /// <summary>As it is stored: of a resource the parent's id (zero without), of an entitlement the resource's.</summary>
    public long LinkId;

    /// <summary>Of an entitlement, the index of its resource; −1 while unknown.</summary>
    public int Resource;

    /// <summary>The index of its type; of an entitlement it is its resource's.</summary>
    public int Type;

    /// <summary>Of an account.</summary>
    public int Incarnation;

    public RowMark Mark;

    public readonly bool Is(RowMark mark) => (Mark & mark) != RowMark.None;

    /// <summary>There before this sync.</summary>
    public readonly bool IsOpen => Id != 0 && DeletedAt == 0;
}

[Flags]
internal enum RowMark
{
    None = 0,

    /// <summary>Stored as something that is referred to but not listed.</summary>
    WasPlaceholder = 1,

    /// <summary>Stored for a row of the other kind: a group that holds access, an account that can be granted.</summary>
    WasMirror = 2,

    /// <summary>The file lists it.</summary>
    Listed = 4,

    /// <summary>The file lists it as the other kind: a group as a resource, and here it is as an account.</summary>
    Mirror = 8,

    /// <summary>An entitlement or a grant of the file needs it.</summary>
    Referenced = 16,

    /// <summary>To be inserted.</summary>
    New = 32,

    /// <summary>The same row is there again.</summary>
    Returned = 64,

    /// <summary>To be another version.</summary>
    Changed = 128,

    /// <summary>Only what has no history differs.</summary>
    Touched = 256,

    /// <summary>Not listed any more, and still referred to.</summary>
    BecamePlaceholder = 512,

    Ended = 1024,

    /// <summary>A task changed it later than this sync began: what the file says of it is old.</summary>
    Newer = 2048,

    IsPrivileged = 4096,

    /// <summary>The file, or the selection, has nothing to say about its type.</summary>
    OutOfScope = 8192,
}
