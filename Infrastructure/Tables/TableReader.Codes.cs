using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Domain.Forums;
using Registry.Domain.States;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Tables;

/// <summary>Reads cells that refer to other records.</summary>
public sealed partial class TableReader
{
    private const string States = "states";
    private const string Forums = "forums";
    private const string Kind = "kind";

    /// <summary>Gets the code of the record to which the cell refers.</summary>
    private async ValueTask<JsonNode?> CodeAsync(
        CsvColumn column,
        string cell,
        Dictionary<CsvColumn, string> cells,
        RowReading reading
    )
    {
        if (PlaceOf(column) is not { } place)
        {
            return cell;
        }

        if (place.IsOwn)
        {
            return Cased(place.Collection!, cell);
        }

        var kind = place.Collection is null ? KindBeside(column, cells) : null;
        IReadOnlyList<string> collections =
            place.Collection is { } only ? [only]
            : kind is not null ? [RecordKinds.OfNoun(kind)?.Collection ?? ""]
            : CollectionsLike(column, cell);
        var answer =
            _find is null || collections is not [States or Forums or "ministers", ..]
                ? new CodeAnswer(GuessOf(collections, cell), Cased(GuessOf(collections, cell), cell))
                : await _find(
                    new CodeQuestion(collections, cell, collections is [var one] && CsvShape.Of(one) == _shape)
                );
        if (answer.Refusal is { } refusal)
        {
            reading.Refuse(column.Name, refusal);
            return null;
        }

        if (answer.Reason is { } reason)
        {
            reading.Report(column.Name, cell, answer.Code, reason);
        }

        if (place.Collection is null && kind is null)
        {
            var found = RecordKinds.Of(answer.Collection).Noun;
            reading.Put(column, [.. column.Path.SkipLast(1), Kind], found);
        }

        return answer.Code;
    }

    /// <summary>Gets the kind in the column beside the code, or null when it is empty.</summary>
    private string? KindBeside(CsvColumn column, Dictionary<CsvColumn, string> cells) =>
        KindOf(column) is { } beside && cells.TryGetValue(beside, out var cell)
            ? WordOf(Nullable.GetUnderlyingType(beside.Type) ?? beside.Type, cell.Trim())
            : null;

    private CsvColumn? KindOf(CsvColumn column) =>
        _shape.Columns.FirstOrDefault(other =>
            other.Path.Count == column.Path.Count
            && other.Path[^1] == Kind
            && other.Path.SkipLast(1).SequenceEqual(column.Path.SkipLast(1))
        );

    /// <summary>The kind is a state by default, when the code is one of a state.</summary>
    private IReadOnlyList<string> CollectionsLike(CsvColumn column, string cell) =>
        KindOf(column)?.Type == typeof(PartyKind?) ? [States, Forums]
        : cell.Contains('/', StringComparison.Ordinal) ? ["bodies"]
        : MinisterLike().IsMatch(cell) ? ["ministers"]
        : [States, Forums];

    private static string GuessOf(IReadOnlyList<string> collections, string cell) =>
        collections is [var only] ? only
        : Regex.IsMatch(cell.ToUpperInvariant(), StateCode.Pattern) ? States
        : Forums;

    /// <summary>Gets the code in the case of the collection; any other text stays unchanged.</summary>
    private static string Cased(string collection, string cell) =>
        cell.Contains(' ', StringComparison.Ordinal) ? cell : RecordKinds.Find(collection)?.Cased(cell) ?? cell;

    /// <summary>Gets the collection to which the codes or ids of the column refer, or null.</summary>
    private Place? PlaceOf(CsvColumn column)
    {
        if (!_shape.Model.IsAssignableTo(typeof(RecordModel)))
        {
            return null;
        }

        return column.Path switch
        {
            ["alpha2"] => new(States, IsOwn: true),
            ["id" or "code"] => new(RecordKinds.Of(_shape.Model).Collection, IsOwn: true),
            _ when column.Refers is { Collection: { } collection } => new(collection),
            _ when column.Refers is not null && KindOf(column) is not null => new(null),
            _ => null,
        };
    }

    [GeneratedRegex("^[a-z0-9]+([.-][a-z0-9]+)+$")]
    private static partial Regex MinisterLike();

    /// <param name="Collection">The collection, or null when the member kind beside the code names it.</param>
    /// <param name="IsOwn">True for the code of the record itself, which may be new.</param>
    private sealed record Place(string? Collection, bool IsOwn = false);
}
