namespace Podium.Data;

/// <summary>The database cannot be used. The message says why and what to do, without the connection string.</summary>
internal sealed class DatabaseException(string message, Exception? inner = null) : Exception(message, inner);
