namespace Podium.Tokens;

/// <summary>The clock of credentials: the system's, as that of whoever shows them is, whatever clock governance is given.</summary>
internal sealed record TokenClock(TimeProvider Time);
