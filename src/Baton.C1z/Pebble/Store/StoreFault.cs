namespace Baton.C1z.Pebble.Store;

/// <summary>What is wrong with a file of the store, in one line.</summary>
internal static class StoreFault
{
    /// <summary>Tells a reader's finding (an <see cref="InvalidDataException"/>) together with the file's name.</summary>
    public static C1zException Damaged(string file, InvalidDataException finding)
        => new(C1zError.Corrupt, $"the file is damaged: {finding.Message} ({file} of its store)", finding);

    public static C1zException Damaged(string what) => new(C1zError.Corrupt, $"the file is damaged: {what}");

    public static C1zException Unreadable(string file, Exception refusal)
        => new(C1zError.Missing, $"cannot read {file} of the unpacked store: {refusal.Message}", refusal);

    public static C1zException Unsupported(string what)
        => new(C1zError.UnsupportedVersion, $"the file's store {what}, which cannot be read here; is there a newer baton?");

    public static C1zException TooLarge(string what) => new(C1zError.TooLarge, $"the file's store {what}, which is more than is read here");
}
