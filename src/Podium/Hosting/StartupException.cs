namespace Podium.Hosting;

/// <summary>The server cannot start with what it was given. The message is one line that says what is wrong and what to do.</summary>
internal sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
