using System.Globalization;
using System.Text.RegularExpressions;

namespace Registry.Domain.Meetings;

/// <summary>An item of an agenda, with its nested items.</summary>
/// <param name="Number">
/// The number, which begins with that of the parent item, or null until the agenda assigns one.
/// </param>
/// <param name="Titles">The title, by language.</param>
/// <param name="Items">The nested items, in order.</param>
public sealed record AgendaItem(string? Number, Texts Titles, IReadOnlyList<AgendaItem> Items);

/// <summary>An item at its position in the agenda.</summary>
/// <param name="Item">The item.</param>
/// <param name="Parent">The number of the parent item, or null at the top level.</param>
/// <param name="Level">The depth in the agenda: 1 at the top level.</param>
public sealed record AgendaPlace(AgendaItem Item, string? Parent, int Level);

/// <summary>An agenda: items with numbers such as 3 and 3.1, which never change.</summary>
public sealed partial class Agenda
{
    /// <summary>The pattern of a number.</summary>
    public const string NumberPattern = @"^[0-9]{1,3}(\.[0-9]{1,3}){0,3}$";

    /// <summary>The maximum number of items, at all levels together.</summary>
    public const int MaxItems = 200;

    /// <summary>The maximum number of levels.</summary>
    public const int MaxDepth = 4;

    private const int HighestNumber = 999;

    /// <summary>Numbers the items without a number: the next one after the highest among their siblings.</summary>
    /// <exception cref="IllegalValueException">
    /// There are too many items or levels, or a number is not unique or does not begin with that of the parent item.
    /// </exception>
    public Agenda(IReadOnlyList<AgendaItem> items)
    {
        Items = Numbered(items, above: null, level: 1);
        if (Places.Count() > MaxItems)
        {
            throw new IllegalValueException("agenda", $"An agenda has at most {MaxItems} items.");
        }
    }

    /// <summary>The items of the top level, in order, all with numbers.</summary>
    public IReadOnlyList<AgendaItem> Items { get; }

    /// <summary>The items of all levels, each before its nested items.</summary>
    public IEnumerable<AgendaPlace> Places => Walk(Items, null, 1);

    /// <summary>True when an item has the number.</summary>
    public bool Has(string number) => Places.Any(place => place.Item.Number == number);

    /// <summary>Gets the same agenda with a further item, the last one of its level.</summary>
    /// <exception cref="RuleBrokenException">The parent item does not exist.</exception>
    /// <exception cref="IllegalValueException">The item breaks a rule.</exception>
    public Agenda With(AgendaItem item, string? under)
    {
        if (under is null)
        {
            return new Agenda([.. Items, item]);
        }

        return Has(under)
            ? new Agenda([.. Items.Select(Extended)])
            : throw new RuleBrokenException("unknown-reference", $"The agenda has no item '{under}'.");

        AgendaItem Extended(AgendaItem above) =>
            above.Number == under
                ? above with
                {
                    Items = [.. above.Items, item],
                }
                : above with
                {
                    Items = [.. above.Items.Select(Extended)],
                };
    }

    private static AgendaItem[] Numbered(IReadOnlyList<AgendaItem> items, string? above, int level)
    {
        if (items.Count > 0 && level > MaxDepth)
        {
            throw new IllegalValueException("agenda", $"An agenda has at most {MaxDepth} levels.");
        }

        var taken = new HashSet<int>();
        foreach (var number in items.Select(item => item.Number).OfType<string>())
        {
            if (!taken.Add(LastPart(number, above)))
            {
                throw new IllegalValueException("agenda", $"Two items have the number {number}.");
            }
        }

        var highest = taken.DefaultIfEmpty(0).Max();
        return [.. items.Select(Whole)];

        AgendaItem Whole(AgendaItem item)
        {
            var number = item.Number ?? Next();
            return item with { Number = number, Items = Numbered(item.Items, number, level + 1) };
        }

        string Next() =>
            highest < HighestNumber
                ? string.Create(CultureInfo.InvariantCulture, $"{(above is null ? "" : $"{above}.")}{++highest}")
                : throw new IllegalValueException("agenda", $"No number is left after {HighestNumber}.");
    }

    /// <summary>Gets the part of a number after that of the parent item.</summary>
    private static int LastPart(string number, string? above)
    {
        if (!Shape().IsMatch(number))
        {
            throw new IllegalValueException("agenda", $"'{number}' is not the number of an item, such as 3 or 3.1.");
        }

        var prefix = above is null ? "" : $"{above}.";
        return
            number.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(number.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            ? part
            : throw new IllegalValueException(
                "agenda",
                above is null
                    ? $"The item {number} is at the top level, so its number has one part."
                    : $"The item {number} is under {above}, so its number must be like {above}.1."
            );
    }

    private static IEnumerable<AgendaPlace> Walk(IEnumerable<AgendaItem> items, string? parent, int level) =>
        items.SelectMany(item => Walk(item.Items, item.Number, level + 1).Prepend(new(item, parent, level)));

    [GeneratedRegex(NumberPattern + @"\z")]
    private static partial Regex Shape();
}
