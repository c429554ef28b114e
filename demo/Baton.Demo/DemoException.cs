namespace Baton.Demo;

/// <summary>Something that the demo relies on did not do; the message is one line for whoever started it.</summary>
internal sealed class DemoException(string message) : Exception(message);
