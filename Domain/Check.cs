namespace Registry.Domain;

/// <summary>The validations that many values share.</summary>
internal static class Check
{
    public static string Text(string field, string? text, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new IllegalValueException(field, "It cannot be blank.");
        }

        return text.Length <= maxLength
            ? text
            : throw new IllegalValueException(field, $"It has at most {maxLength} characters.");
    }

    public static string? OptionalText(string field, string? text, int maxLength) =>
        text is null ? null : Text(field, text, maxLength);

    /// <summary>Refuses periods of which two certainly share a day.</summary>
    public static void Apart(IEnumerable<Period> periods, string rule, string sentence)
    {
        var ordered = periods.OrderBy(period => period.EarliestStart).ThenBy(period => period.EarliestEnd).ToArray();
        for (var later = 1; later < ordered.Length; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (ordered[earlier].CertainlyOverlaps(ordered[later]))
                {
                    throw new RuleBrokenException(rule, $"{sentence}: {ordered[earlier]} and {ordered[later]}.");
                }
            }
        }
    }
}
