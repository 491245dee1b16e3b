using System.Text.Json.Nodes;

namespace Registry.Infrastructure.Tables;

/// <summary>How a cell was read that does not say literally what is put on record.</summary>
public sealed record CellReading
{
    /// <summary>The line of the file that the row of the cell begins in, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>What stands in the cell.</summary>
    public required string Cell { get; init; }

    /// <summary>As what it was read.</summary>
    public required string Value { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

/// <summary>A row of a table as it was read.</summary>
/// <param name="Line">Where it begins in the file.</param>
/// <param name="Says">
/// What the row says of the record, as a merge patch (RFC 7396): the members that have a column, null where the cell is empty.
/// </param>
/// <param name="Readings">How cells were read that do not say literally what is put on record.</param>
/// <param name="Errors">The columns whose cells cannot be read, with the reason.</param>
public sealed record ReadRow(
    long Line,
    JsonObject Says,
    IReadOnlyList<CellReading> Readings,
    IReadOnlyDictionary<string, string[]> Errors
);

/// <summary>The records that a cell may mean which has no code or id of one.</summary>
/// <param name="Collections">The collections that the record may be in; the first one that has the code is meant.</param>
/// <param name="Text">What stands in the cell.</param>
/// <param name="IsAmongOthers">True where the record may stand in the same file.</param>
public sealed record CodeQuestion(IReadOnlyList<string> Collections, string Text, bool IsAmongOthers);

/// <summary>The record that a cell means.</summary>
/// <param name="Collection">The collection it is in.</param>
/// <param name="Code">Its code or id.</param>
/// <param name="Reason">How it was found; null where the cell has the code itself.</param>
/// <param name="Refusal">Why none is meant for sure.</param>
public sealed record CodeAnswer(string Collection, string Code, string? Reason = null, string? Refusal = null);
