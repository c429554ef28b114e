namespace Podium.SignIn;

/// <summary>How long a session lasts.</summary>
internal static class SessionLength
{
    public static readonly TimeSpan Idle = TimeSpan.FromHours(8);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(20);

    /// <summary>How long a proof counts as fresh.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
}
