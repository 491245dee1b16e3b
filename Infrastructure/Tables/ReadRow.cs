using System.Text.Json.Nodes;

namespace Registry.Infrastructure.Tables;

/// <summary>The reading of a cell whose text differs from the value that is recorded.</summary>
public sealed record CellReading
{
    /// <summary>The line of the file in which the row begins, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>The text of the cell.</summary>
    public required string Cell { get; init; }

    /// <summary>The value that is recorded.</summary>
    public required string Value { get; init; }

    /// <summary>The reason.</summary>
    public required string Reason { get; init; }
}

/// <summary>The result of reading a row of a table.</summary>
/// <param name="Line">The line in which it begins.</param>
/// <param name="Says">
/// The values of the row, as a merge patch (RFC 7396): the members with a column, null for an empty cell.
/// </param>
/// <param name="Readings">The cells whose text differs from the value that is recorded.</param>
/// <param name="Errors">The columns with unreadable cells, with the reason.</param>
public sealed record ReadRow(
    long Line,
    JsonObject Says,
    IReadOnlyList<CellReading> Readings,
    IReadOnlyDictionary<string, string[]> Errors
);

/// <summary>A cell that refers to a record without a code or id.</summary>
/// <param name="Collections">The possible collections; the first one with the code is meant.</param>
/// <param name="Text">The text of the cell.</param>
/// <param name="IsAmongOthers">True when the record may be in the same file.</param>
public sealed record CodeQuestion(IReadOnlyList<string> Collections, string Text, bool IsAmongOthers);

/// <summary>The record to which a cell refers.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Code">The code or id.</param>
/// <param name="Reason">The reason for the match, or null when the cell has the code itself.</param>
/// <param name="Refusal">The reason why no record is certain, or null.</param>
public sealed record CodeAnswer(string Collection, string Code, string? Reason = null, string? Refusal = null);
