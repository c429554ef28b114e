namespace Baton.CommandLine;

/// <summary>A part of a command's manual page that the definitions do not tell by themselves, such as files or exit codes.</summary>
/// <param name="Title">As manuals write it: <c>FILES</c>, <c>EXIT STATUS</c>.</param>
/// <param name="Entries">In order.</param>
public sealed record ManualSection(string Title, params IReadOnlyList<ManualEntry> Entries);

/// <param name="Term">What is explained; empty for a paragraph by itself.</param>
/// <param name="Text">The explanation, plain text.</param>
public sealed record ManualEntry(string Term, string Text);
