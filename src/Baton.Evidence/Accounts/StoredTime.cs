using Google.Protobuf.WellKnownTypes;

namespace Baton.Evidence.Accounts;

internal static class StoredTime
{
    /// <summary>Null for none, for one out of range, and for the year 1, which is how some systems write "none".</summary>
    public static DateTimeOffset? Read(Timestamp? stamp)
    {
        try
        {
            return stamp?.ToDateTimeOffset() is { Year: > 1 } time ? time : null;
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
