using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Tables;

namespace Registry.Api.Http;

/// <summary>What every read understands.</summary>
public abstract record Question
{
    /// <summary>
    /// Answers as the registry stood at this instant (RFC 3339, such as 2026-05-31T12:00:00Z), whatever was recorded since;
    /// as it stands when absent. Before anything was recorded there is nothing; the future is refused.
    /// </summary>
    [FromQuery]
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>
    /// True where the answer comes of one statement. Where it comes of several, they see one state of the registry, whatever
    /// is written meanwhile.
    /// </summary>
    internal virtual bool IsOneStatement => false;
}

/// <summary>What every list understands.</summary>
public abstract record ListQuery : Question, IValidatableObject, INamed
{
    /// <summary>How many items a page has, 1 to 200.</summary>
    [FromQuery, Range(1, 200)]
    public int? Limit { get; init; }

    /// <summary>Where the page starts: taken from the member next of the page before.</summary>
    [FromQuery, StringLength(2000)]
    public string? Cursor { get; init; }

    /// <summary>
    /// The order: a name from the list's own choice, with - before it for the other way round. Lists of records take up to
    /// three, with commas between: the second one orders what is alike in the first.
    /// </summary>
    [FromQuery, StringLength(100)]
    public string? Sort { get; init; }

    /// <summary>True to count all items too (member total).</summary>
    [FromQuery]
    public bool? Count { get; init; }

    /// <summary>
    /// Only these members of each item, with commas between; all of them when absent. As csv or xlsx, columns may be named too.
    /// </summary>
    [FromQuery]
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>
    /// The form of the answer; that of the header Accept when absent. JSON comes in pages; ndjson, csv and xlsx give the whole
    /// list, and take neither limit nor cursor.
    /// </summary>
    [FromQuery]
    public string? Format { get; init; }

    /// <summary>
    /// With csv, true to begin the file with a UTF-8 byte order mark, by which Excel recognizes the encoding.
    /// </summary>
    [FromQuery]
    public bool? Bom { get; init; }

    /// <summary>
    /// The languages of the members name, forumName and title, as BCP 47 tags with commas between, the best first; those of
    /// the header Accept-Language when absent, otherwise English. Where there is no such name, one in the next language, in
    /// English or in any other is given, and nameLanguage says in which. Orders by name stay those of the English names.
    /// </summary>
    [
        FromQuery,
        StringLength(Languages.MaxLength),
        RegularExpression(Languages.Pattern, ErrorMessage = Languages.Sentence)
    ]
    public IReadOnlyList<string>? Lang { get; init; }

    IReadOnlyList<string> INamed.Accepted { get; set; } = [];

    Type? INamed.Item => Item;

    /// <summary>The orders to choose from; the first is the default.</summary>
    internal abstract IReadOnlyList<string> Sorts { get; }

    /// <summary>The order of a caller who names none.</summary>
    internal virtual string DefaultSort => Sorts[0];

    /// <summary>How many orders may be named at once.</summary>
    internal virtual int MostSorts => 1;

    /// <summary>The forms of the answer.</summary>
    internal virtual IReadOnlyList<Form> Forms => [Form.Json, Form.NdJson, Form.Csv, Form.Xlsx];

    /// <summary>The form of this answer.</summary>
    internal Form Answered { get; set; } = Form.Json;

    /// <summary>Where the next part of a list begins that is given whole.</summary>
    internal string? Place { get; init; }

    /// <summary>What the items are; null where nobody chooses among their members.</summary>
    internal Type? Item { get; set; }

    /// <summary>How many rows are read at once where the whole list is given.</summary>
    private int? PageSize => Answered.IsWhole ? 1000 : null;

    private IReadOnlyList<Ordering> Orderings =>
        [
            .. (Sort ?? DefaultSort)
                .Split(',')
                .Select(name => name.StartsWith('-') ? new Ordering(name[1..], true) : new Ordering(name, false)),
        ];

    /// <summary>How many items a page has when the caller does not say.</summary>
    internal virtual int DefaultLimit => 50;

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var names = Orderings.Select(ordering => ordering.Name).ToArray();
        if (names.Length > MostSorts || names.Distinct().Count() < names.Length || names.Except(Sorts).Any())
        {
            yield return new ValidationResult(
                $"It is {(MostSorts > 1 ? $"up to {MostSorts}" : "one")} of {string.Join(", ", Sorts)}, "
                    + $"or -{Sorts[0]} and so on.",
                ["sort"]
            );
        }

        if (Format is not null && Forms.All(form => form.Name != Format))
        {
            yield return new ValidationResult(
                $"It is one of {string.Join(", ", Forms.Select(form => form.Name))}.",
                ["format"]
            );
        }

        if (Fields is not null && (Answered == Form.Calendar || Answered == Form.JsonLd || Answered == Form.Atom))
        {
            yield return new ValidationResult($"As {Answered.Name} the items have members of their own.", ["fields"]);
        }
        else if (Fields is not null && Item is not null && !Fields.All(IsField))
        {
            yield return new ValidationResult($"They are among {string.Join(", ", ItemMembers.Of(Item))}.", ["fields"]);
        }

        if (Bom is not null && Answered != Form.Csv)
        {
            yield return new ValidationResult("A byte order mark goes with csv alone.", ["bom"]);
        }

        if (Answered.IsWhole)
        {
            var paging = new (string Name, bool Given)[]
            {
                ("limit", Limit is not null),
                ("cursor", Cursor is not null),
                ("count", Count is not null),
            };
            foreach (var (name, _) in paging.Where(parameter => parameter.Given))
            {
                yield return new ValidationResult($"As {Answered.Name} the list is given whole.", [name]);
            }
        }

        foreach (var failure in ValidateMore())
        {
            yield return failure;
        }
    }

    private bool IsField(string name) =>
        ItemMembers.Of(Item!).Contains(name) || (Answered.IsTable && CsvShape.Of(Item!).Has(name));

    /// <summary>What else the parameters have to agree on.</summary>
    protected virtual IEnumerable<ValidationResult> ValidateMore() => [];

    /// <summary>The question for the database.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not one of this list's.</exception>
    internal virtual ListRequest ToRequest(ListFilters filters) =>
        new()
        {
            Sort = Orderings[0].Name,
            Descending = Orderings[0].Descending,
            ThenBy = [.. Orderings.Skip(1)],
            Limit = PageSize ?? Limit ?? DefaultLimit,
            After = (Cursor ?? Place) is { } place ? Cursors.Read(place, Fingerprint()) : null,
            Filters = filters,
            WithTotal = Count == true,
            KnownAt = KnownAt,
        };

    /// <summary>The question for a list that is worked out in memory.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not one of this list's.</exception>
    internal ListRequest ToRequest() => ToRequest(new NoFilters());

    /// <summary>The page with the members that the caller chose.</summary>
    internal Page Chosen(Page page) =>
        Fields is null
            ? page
            : page with
            {
                Items = [.. page.Items.Select(item => ItemMembers.Choose(item, [.. Fields]))],
            };

    internal Page ToPage<T>(ListPage<T> page, Func<T, string> item) =>
        new([.. page.Rows.Select(item)], page.Last is { } last ? Cursors.Write(last, Fingerprint()) : null, page.Total);

    /// <summary>What a cursor is bound to: the list, its order and its filters, but not the size of its pages.</summary>
    private string Fingerprint() =>
        GetType().Name
        + JsonSerializer.Serialize(
            this with
            {
                Sort = Sort ?? DefaultSort,
                Limit = null,
                Cursor = null,
                Count = null,
                Fields = null,
                Format = null,
                Bom = null,
                Lang = null,
            },
            GetType(),
            // What was not asked is left out, so that a cursor outlives a release with new parameters.
            RegistryJson.Options
        );
}

/// <summary>What every list of records understands.</summary>
public abstract record RecordListQuery : ListQuery
{
    private static readonly ConcurrentDictionary<Type, bool> OfRecord = [];

    /// <summary>Only records whose present version was recorded after this instant (RFC 3339).</summary>
    [FromQuery]
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>
    /// With changedSince, true to give also what was deleted since, as id, deleted, version and recordedAt in the place of
    /// the record; the filters apply to what it was last.
    /// </summary>
    [FromQuery]
    public bool? Deleted { get; init; }

    /// <summary>
    /// The records that these members name, with commas between; they are in the member included of the page, by collection
    /// and id.
    /// </summary>
    [FromQuery]
    public IReadOnlyList<string>? Expand { get; init; }

    internal sealed override IReadOnlyList<string> Sorts => [.. Orders, ListRequest.Recorded];

    internal override bool IsOneStatement => Count != true && Expand is null && !BelongsToRecord(GetType());

    internal override int MostSorts => ListRequest.MostOrderings;

    /// <summary>The orders of the list itself; it has that of recording besides.</summary>
    internal abstract IReadOnlyList<string> Orders { get; }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var failure in base.Validate(validationContext))
        {
            yield return failure;
        }

        if (Deleted is not null && (ChangedSince is null || KnownAt is not null))
        {
            yield return new ValidationResult("It goes with changedSince, and not with knownAt.", ["deleted"]);
        }

        if (Expand is not null && Answered != Form.Json)
        {
            yield return new ValidationResult("It goes with JSON alone.", ["expand"]);
        }
        else if (Expand is not null && Expand.Except(Expansions.Of(Item)).Any())
        {
            var choice = Expansions.Of(Item);
            yield return new ValidationResult(
                choice.Count == 0 ? "Nothing is to be expanded here." : $"They are among {string.Join(", ", choice)}.",
                ["expand"]
            );
        }
    }

    /// <summary>True for a list under the address of a record, which has to be there.</summary>
    private static bool BelongsToRecord(Type list) =>
        OfRecord.GetOrAdd(
            list,
            type => type.GetProperties().Any(property => property.IsDefined(typeof(FromRouteAttribute), inherit: true))
        );

    internal override ListRequest ToRequest(ListFilters filters) =>
        base.ToRequest(filters) with
        {
            ChangedSince = ChangedSince,
            WithDeleted = Deleted == true,
        };
}

/// <summary>What a list understands of which only the present is kept: everything but <c>knownAt</c>.</summary>
public abstract record PresentListQuery : ListQuery
{
    // Hides the parameter, so that it is refused as unknown and not described.
    public new DateTimeOffset? KnownAt => null;

    // There are no names in it.
    public new IReadOnlyList<string>? Lang => null;
}

/// <summary>One page of a list, its items as JSON.</summary>
public sealed record Page(IReadOnlyList<string> Items, string? Cursor, long? Total);

/// <summary>The cursor was given for another list, order or filter, or was changed on the way.</summary>
internal sealed class InvalidCursorException()
    : Domain.RegistryException(
        "invalid-cursor",
        "The cursor was given for another list, order or filter, or was changed on the way."
    );

/// <summary>
/// A cursor is the place of the last item given. It carries a checksum over itself and the list it belongs to, so
/// that a cursor of another list is refused instead of answered with nonsense. It is no secret.
/// </summary>
internal static class Cursors
{
    private const int ChecksumLength = 8;

    public static string Write((string Key, string Id) place, string fingerprint)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes<string[]>([place.Key, place.Id], RegistryJson.Options);
        return WebEncoders.Base64UrlEncode([.. Checksum(payload, fingerprint), .. payload]);
    }

    /// <exception cref="InvalidCursorException">The cursor is not one of the list's.</exception>
    public static (string Key, string Id) Read(string cursor, string fingerprint)
    {
        try
        {
            var bytes = WebEncoders.Base64UrlDecode(cursor);
            if (
                bytes.Length > ChecksumLength
                && bytes.AsSpan(0, ChecksumLength).SequenceEqual(Checksum(bytes[ChecksumLength..], fingerprint))
                && JsonSerializer.Deserialize<string[]>(bytes.AsSpan(ChecksumLength)) is [{ } key, { } id]
            )
            {
                return (key, id);
            }
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or InvalidOperationException)
        {
            // Not base64url, or forged with a checksum that fits: refused like any other cursor that is not ours.
        }

        throw new InvalidCursorException();
    }

    private static byte[] Checksum(byte[] payload, string fingerprint) =>
        SHA256.HashData([.. payload, .. Encoding.UTF8.GetBytes(fingerprint)])[..ChecksumLength];
}
