using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Registry.Domain;
using Registry.Infrastructure.Encodings;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Tables;

namespace Registry.Infrastructure.Importing.Files;

/// <summary>Newline-delimited JSON, as an export writes it: the head, then a line for each record.</summary>
internal static class NdJsonFile
{
    private static readonly string[] Members = ["collection", "id", "version", "record"];

    public static IEnumerable<ImportedRow> Rows(Stream file)
    {
        var lines = new LinesOfFile(file);
        while (lines.Read())
        {
            var line = lines.Number == 1 ? WithoutMark(lines.Line) : lines.Line;
            if (lines.IsTooLong)
            {
                yield return new(
                    lines.Number,
                    null,
                    null,
                    Refusal: new(Refusal.Unreadable, $"The line has more than {LinesOfFile.MaxLength} bytes.")
                );
            }
            else if (line.Span.IndexOfAnyExcept(" \t\r"u8) >= 0 && Read(lines.Number, line) is { } row)
            {
                yield return row;
            }
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> line) =>
        line.Span.StartsWith("\uFEFF"u8) ? line[3..] : line;

    /// <summary>Parses the record of a line; null for the head of an export.</summary>
    private static ImportedRow? Read(long number, ReadOnlyMemory<byte> line)
    {
        if (!Utf8.IsValid(line.Span))
        {
            return new(
                number,
                null,
                null,
                Refusal: new(Refusal.Unreadable, $"The line is not UTF-8. {EncodingGuess.Advice(line.Span)}")
            );
        }

        if (JsonText.IsBroken(line.Span))
        {
            return new(number, null, null, Refusal: new(Refusal.Unreadable, "The line has invalid Unicode."));
        }

        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 40 });
            return Read(number, json.RootElement);
        }
        catch (JsonException broken)
        {
            return new(
                number,
                null,
                null,
                Refusal: new(
                    Refusal.Unreadable,
                    $"The line is not valid JSON from byte {broken.BytePositionInLine + 1} on."
                )
            );
        }
    }

    private static ImportedRow? Read(long number, JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object)
        {
            return new(number, null, null, Refusal: new(Refusal.Unreadable, "The line has to be a JSON object."));
        }

        if (line.TryGetProperty("sequence", out _) && !line.TryGetProperty("record", out _))
        {
            return null;
        }

        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in line.EnumerateObject())
        {
            if (!Members.Contains(member.Name, StringComparer.Ordinal))
            {
                errors[member.Name] = ["There is no such member."];
            }
            else if (!seen.Add(member.Name))
            {
                errors[member.Name] = ["It can be given only once."];
            }
        }

        var collection = TextOf(line, "collection", errors);
        if (collection is null || !RecordKinds.Collections.Contains(collection))
        {
            errors.TryAdd("collection", [$"It is one of {string.Join(", ", RecordKinds.Collections)}."]);
        }

        var id = TextOf(line, "id", errors);
        if (!line.TryGetProperty("record", out var record) || record.ValueKind != JsonValueKind.Object)
        {
            errors.TryAdd("record", ["It is an object."]);
        }

        return errors.Count > 0
            ? new(number, collection, id, Refusal: new(Refusal.Invalid, null, errors))
            : Named(number, collection!, id, record);
    }

    /// <summary>Creates the row of a record, with the id in the record or the one beside it.</summary>
    public static ImportedRow Named(long number, string collection, string? beside, JsonElement record)
    {
        try
        {
            var own = RecordKinds.Of(collection).IdIn(record);
            return own is not null && beside is not null && own != beside
                ? new(number, collection, beside, Refusal: Refusal.At("id", $"The id of the record is {own}."))
                : new(number, collection, own ?? beside, JsonMarshal.GetRawUtf8Value(record).ToArray());
        }
        catch (IllegalValueException illegal)
        {
            return new(number, collection, beside, Refusal: Refusal.Of(illegal));
        }
    }

    private static string? TextOf(JsonElement line, string member, Dictionary<string, string[]> errors)
    {
        if (!line.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        errors.TryAdd(member, ["It is a text."]);
        return null;
    }
}
