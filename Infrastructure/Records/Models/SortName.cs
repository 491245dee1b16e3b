using System.Globalization;
using System.Text;

namespace Registry.Infrastructure.Records.Models;

/// <summary>A name folded for sorting: lower case, without accents, so that both databases sort it alike.</summary>
internal static class SortName
{
    public static string Of(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var rune in name.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        var text = folded.ToString().Normalize(NormalizationForm.FormC);
        return text.Length <= DatedLength ? text : text[..DatedLength];
    }

    private const int DatedLength = Domain.DatedName.MaxLength;
}
