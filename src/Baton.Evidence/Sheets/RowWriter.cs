namespace Baton.Evidence.Sheets;

/// <summary>Prints rows in the format that was asked for, while they are read.</summary>
public abstract class RowWriter<T> : IDisposable
{
    public abstract void Write(T row);

    /// <summary>Prints what is still held back, and what stands after the last row.</summary>
    public virtual void End()
    {
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
