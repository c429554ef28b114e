namespace Podium.SignIn;

/// <summary>The caller may not do this. The message says who may, in one sentence that the caller is shown.</summary>
internal sealed class ForbiddenException(string message) : Exception(message);
