namespace Registry.Api.Http.Lists;

/// <summary>The filter by identifier: <c>scheme:value</c>.</summary>
internal sealed record IdentifierFilter(string Scheme, string Value)
{
    public const string Pattern = "^[a-z][a-z0-9_-]{1,31}:.{1,100}$";

    public const string Sentence = "It is scheme:value, such as wikidata:Q7184.";

    public static IdentifierFilter? Of(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return new(text[..colon], text[(colon + 1)..]);
    }
}
