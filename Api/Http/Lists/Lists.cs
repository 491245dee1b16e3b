using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Tables;

namespace Registry.Api.Http.Lists;

/// <summary>A query that names an instant of the past.</summary>
internal interface INamesInstant
{
    /// <summary>The parameter and its value; null when it is absent.</summary>
    public (string Parameter, DateTimeOffset? Value) Instant { get; }
}

/// <summary>The parameters of every read.</summary>
public abstract record Question : INamesInstant
{
    /// <summary>
    /// Reads the registry as of this instant (RFC 3339, such as 2026-05-31T12:00:00Z); the current state when absent.
    /// Nothing exists before the first write. An instant in the future is refused.
    /// </summary>
    [FromQuery]
    public DateTimeOffset? KnownAt { get; init; }

    (string Parameter, DateTimeOffset? Value) INamesInstant.Instant => ("knownAt", KnownAt);

    /// <summary>
    /// True when the response needs one SQL statement. Several statements share one snapshot of the database.
    /// </summary>
    internal virtual bool IsOneStatement => false;

    /// <summary>True when the response, however short, is computed from many records.</summary>
    internal virtual bool IsCostly => false;
}

/// <summary>The parameters of every list.</summary>
public abstract record ListQuery : Question, IValidatableObject, INamed
{
    /// <summary>The number of items per page, 1 to 200.</summary>
    [FromQuery, Range(1, 200)]
    public int? Limit { get; init; }

    /// <summary>The start of the page, taken from the member next of the previous page.</summary>
    [FromQuery, StringLength(2000)]
    public string? Cursor { get; init; }

    /// <summary>
    /// The sort order: one of the names that the list offers, with a leading - for descending order. Lists of records
    /// take up to three, separated by commas; each one orders the items that are equal in those before it.
    /// </summary>
    [FromQuery, StringLength(100)]
    public string? Sort { get; init; }

    /// <summary>True to return the total number of items (member total).</summary>
    [FromQuery]
    public bool? Count { get; init; }

    /// <summary>
    /// Only these members of each item, separated by commas; all members when absent. With csv or xlsx, columns can be
    /// named too.
    /// </summary>
    [FromQuery]
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>
    /// The format of the response; the one in the header Accept when absent. JSON comes in pages; ndjson, csv and xlsx
    /// return the whole list and take neither limit nor cursor.
    /// </summary>
    [FromQuery]
    public string? Format { get; init; }

    /// <summary>
    /// With csv, true to start the file with a UTF-8 byte order mark, by which Excel recognizes the encoding.
    /// </summary>
    [FromQuery]
    public bool? Bom { get; init; }

    /// <summary>
    /// The languages of the members name, forumName and title, as BCP 47 tags separated by commas, in order of
    /// preference; those of the header Accept-Language when absent, otherwise English. Without a name in the first
    /// language, the name in the next one is shown, then English, then any other, and nameLanguage names its language.
    /// Sorting by name always uses the English names.
    /// </summary>
    [
        FromQuery,
        StringLength(Languages.MaxLength),
        RegularExpression(Languages.Pattern, ErrorMessage = Languages.Sentence)
    ]
    public IReadOnlyList<string>? Lang { get; init; }

    IReadOnlyList<string> INamed.Accepted { get; set; } = [];

    Type? INamed.Item => Item;

    internal override bool IsCostly => Count == true;

    /// <summary>The sort orders; the first is the default.</summary>
    internal abstract IReadOnlyList<string> Sorts { get; }

    /// <summary>The default sort order.</summary>
    internal virtual string DefaultSort => Sorts[0];

    /// <summary>The maximum number of sort orders in a request.</summary>
    internal virtual int MaxOrderings => 1;

    /// <summary>The formats of the response.</summary>
    internal virtual IReadOnlyList<ResponseFormat> Formats =>
        [ResponseFormat.Json, ResponseFormat.NdJson, ResponseFormat.Csv, ResponseFormat.Xlsx];

    /// <summary>The format of this response.</summary>
    internal ResponseFormat Answered { get; set; } = ResponseFormat.Json;

    /// <summary>The cursor of the next batch when the whole list is returned.</summary>
    internal string? Place { get; init; }

    /// <summary>The ids that are read ahead when the whole list is returned.</summary>
    internal IdsAhead? Ahead { get; init; }

    /// <summary>The type of the items; null when members cannot be selected.</summary>
    internal Type? Item { get; set; }

    /// <summary>The batch size when the whole list is returned.</summary>
    private int? PageSize => Answered.IsWhole ? 1000 : null;

    private IReadOnlyList<Ordering> Orderings =>
        [
            .. (Sort ?? DefaultSort)
                .Split(',')
                .Select(name => name.StartsWith('-') ? new Ordering(name[1..], true) : new Ordering(name, false)),
        ];

    /// <summary>The default number of items per page.</summary>
    internal virtual int DefaultLimit => 50;

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var names = Orderings.Select(ordering => ordering.Name).ToArray();
        if (names.Length > MaxOrderings || names.Distinct().Count() < names.Length || names.Except(Sorts).Any())
        {
            yield return new ValidationResult(
                $"It is {(MaxOrderings > 1 ? $"up to {MaxOrderings}" : "one")} of {string.Join(", ", Sorts)}, "
                    + $"or -{Sorts[0]} and so on.",
                ["sort"]
            );
        }

        if (Format is not null && Formats.All(form => form.Name != Format))
        {
            yield return new ValidationResult(
                $"It is one of {string.Join(", ", Formats.Select(form => form.Name))}.",
                ["format"]
            );
        }

        if (Fields is not null && !Answered.HasFields)
        {
            yield return new ValidationResult($"It is not available with {Answered.Name}.", ["fields"]);
        }
        else if (Fields is not null && Item is not null && !Fields.All(IsField))
        {
            yield return new ValidationResult(
                $"Each value is one of {string.Join(", ", ItemMembers.Of(Item))}.",
                ["fields"]
            );
        }

        if (Bom is not null && Answered != ResponseFormat.Csv)
        {
            yield return new ValidationResult("It is available only with csv.", ["bom"]);
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
                yield return new ValidationResult(
                    $"It is not available with {Answered.Name}, which returns the whole list.",
                    [name]
                );
            }
        }

        foreach (var failure in ValidateMore())
        {
            yield return failure;
        }
    }

    private bool IsField(string name) =>
        ItemMembers.Of(Item!).Contains(name) || (Answered.IsTable && CsvShape.Of(Item!).Has(name));

    /// <summary>Validates further constraints between parameters.</summary>
    protected virtual IEnumerable<ValidationResult> ValidateMore() => [];

    /// <summary>Makes the database query.</summary>
    /// <exception cref="InvalidCursorException">The cursor belongs to another list.</exception>
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
            Ahead = Ahead,
        };

    /// <summary>Makes the query of a list that is computed in memory.</summary>
    /// <exception cref="InvalidCursorException">The cursor belongs to another list.</exception>
    internal ListRequest ToRequest() => ToRequest(new NoFilters());

    /// <summary>The page with only the selected members.</summary>
    internal Page Chosen(Page page) =>
        Fields is null
            ? page
            : page with
            {
                Items = [.. page.Items.Select(item => ItemMembers.Choose(item, [.. Fields]))],
            };

    internal Page ToPage<T>(ListPage<T> page, Func<T, string> item) =>
        new([.. page.Rows.Select(item)], page.Last is { } last ? Cursors.Write(last, Fingerprint()) : null, page.Total);

    /// <summary>The name of the list, to which its cursors are bound.</summary>
    private protected virtual string ListName => GetType().Name;

    /// <summary>
    /// The fingerprint to which a cursor is bound: the list, its order and its filters, but not the page size.
    /// </summary>
    private string Fingerprint() =>
        ListName
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
            // Absent parameters are left out, so that a cursor stays valid when a release adds parameters.
            RegistryJson.Options
        );
}

/// <summary>The parameters of every list of records.</summary>
public abstract record RecordListQuery : ListQuery
{
    private static readonly ConcurrentDictionary<Type, bool> OfRecord = [];

    /// <summary>Only records whose current version was recorded after this instant (RFC 3339).</summary>
    [FromQuery]
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>
    /// With changedSince, true to include records deleted since: a deleted record has only id, deleted, version and
    /// recordedAt. Filters apply to its last content.
    /// </summary>
    [FromQuery]
    public bool? Deleted { get; init; }

    /// <summary>
    /// Members whose referenced records are included, separated by commas. The records are in the member included of
    /// the page, by collection and id.
    /// </summary>
    [FromQuery]
    public IReadOnlyList<string>? Expand { get; init; }

    internal sealed override IReadOnlyList<string> Sorts => [.. Orders, ListRequest.Recorded];

    internal override bool IsOneStatement =>
        Count != true && Deleted != true && Expand is null && !BelongsToRecord(GetType());

    internal override bool IsCostly =>
        base.IsCostly || Deleted == true || (ChangedSince is not null && Sort is not (null or ListRequest.Recorded));

    internal override int MaxOrderings => ListRequest.MaxOrderings;

    /// <summary>The sort orders of the list itself, besides the order of recording.</summary>
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
            yield return new ValidationResult(
                "It is available only with changedSince, and not with knownAt.",
                ["deleted"]
            );
        }

        if (Expand is not null && Answered != ResponseFormat.Json)
        {
            yield return new ValidationResult("It is available only with JSON.", ["expand"]);
        }
        else if (Expand is not null && Expand.Except(Expansions.Of(Item)).Any())
        {
            var choice = Expansions.Of(Item);
            yield return new ValidationResult(
                choice.Count == 0
                    ? "This operation has nothing to expand."
                    : $"Each value is one of {string.Join(", ", choice)}.",
                ["expand"]
            );
        }
    }

    /// <summary>True for a list under the address of a record, which must exist.</summary>
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

/// <summary>The parameters of a list without history: all but <c>knownAt</c>.</summary>
public abstract record PresentListQuery : ListQuery
{
    // Hides the parameter: it is refused as unknown, and is not in the contract.
    public new DateTimeOffset? KnownAt => null;

    // The items have no names to translate.
    public new IReadOnlyList<string>? Lang => null;
}

/// <summary>One page of a list, its items as JSON.</summary>
public sealed record Page(IReadOnlyList<string> Items, string? Cursor, long? Total);

/// <summary>The cursor belongs to another list, order or filter, or was modified.</summary>
internal sealed class InvalidCursorException()
    : Domain.RegistryException(
        "invalid-cursor",
        "The cursor belongs to another list, order or filter, or was modified."
    );

/// <summary>
/// Encodes cursors: the position of the last item returned, with a checksum over it and its list, so that a cursor of
/// another list is refused. A cursor is not secret.
/// </summary>
internal static class Cursors
{
    private const int ChecksumLength = 8;

    public static string Write((string Key, string Id) place, string fingerprint)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes<string[]>([place.Key, place.Id], RegistryJson.Options);
        return WebEncoders.Base64UrlEncode([.. Checksum(payload, fingerprint), .. payload]);
    }

    /// <exception cref="InvalidCursorException">The cursor belongs to another list.</exception>
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
            // Not base64url, or forged with a valid checksum: refused like any other invalid cursor.
        }

        throw new InvalidCursorException();
    }

    private static byte[] Checksum(byte[] payload, string fingerprint) =>
        SHA256.HashData([.. payload, .. Encoding.UTF8.GetBytes(fingerprint)])[..ChecksumLength];
}
