using System.Buffers;
using System.Text.Json;
using Registry.Api.Http.Problems;

namespace Registry.Api.Http.Bodies;

/// <summary>Validates the texts and the names of JSON.</summary>
internal static class JsonTexts
{
    /// <summary>The control characters of Unicode (C0, DEL and C1).</summary>
    private static readonly SearchValues<char> Controls = SearchValues.Create([
        .. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(char.IsControl),
    ]);

    /// <summary>True for a text of valid Unicode without control characters; otherwise reports the error.</summary>
    public static bool IsText(JsonElement element, string path, FieldErrors errors)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            errors.Add(path, ErrorMessages.Expecting(typeof(string)));
            return false;
        }

        try
        {
            if (!element.GetString().AsSpan().ContainsAny(Controls))
            {
                return true;
            }
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate is not valid text.
        }

        errors.Add(path, "It cannot have control characters or lone surrogates.");
        return false;
    }

    /// <summary>Reports repeated members and invalid texts at any depth.</summary>
    public static void RefuseRepeated(JsonElement element, string path, FieldErrors errors)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in element.EnumerateObject())
            {
                var place = path.Length == 0 ? NameOf(member) : $"{path}.{NameOf(member)}";
                if (!seen.Add(NameOf(member)))
                {
                    errors.Add(place, "It can be given only once.");
                }

                RefuseRepeated(member.Value, place, errors);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var entry in element.EnumerateArray())
            {
                RefuseRepeated(entry, $"{path}[{index++}]", errors);
            }
        }
        else if (element.ValueKind == JsonValueKind.String)
        {
            // The patch is applied before its texts are validated, and copying a text fails on a lone surrogate.
            IsText(element, path, errors);
        }
    }

    /// <summary>Gets the name of a member.</summary>
    /// <exception cref="BadHttpRequestException">The name is not valid Unicode.</exception>
    public static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw new BadHttpRequestException("The name of a member has a lone surrogate, which is invalid Unicode.");
        }
    }
}
