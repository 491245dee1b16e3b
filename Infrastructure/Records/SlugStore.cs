using Registry.Domain;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Records;

/// <summary>The store of records with slugs as ids, given by the client or made from the names.</summary>
public abstract class SlugStore<T, TDocument> : RecordStore<T, TDocument>
    where T : class
    where TDocument : SlugDocument
{
    /// <summary>The maximum number of records with the same name that are compared with a record without an id.</summary>
    private const int MostNamesakes = 10_000;

    /// <summary>The number up to which suffixes are tried one by one.</summary>
    private const int Few = 10;

    /// <summary>The largest suffix of an id.</summary>
    private const int MostNumber = 1_000_000_000;

    private readonly RecordKind _kind;

    private protected SlugStore(RecordKind kind)
        : base(kind) => _kind = kind;

    /// <inheritdoc/>
    public sealed override async Task<StoredRecord> CreateAsync(WriteSession session, TDocument document) =>
        await CreateAsync(session, document.Id ?? await FreeIdAsync(session, document), document);

    /// <inheritdoc/>
    internal sealed override async IAsyncEnumerable<StoredRecord> NamesakesAsync(
        WriteSession session,
        RecordDocument document
    )
    {
        var proposal = ProposedFor((TDocument)document);
        for (var number = 1; number < MostNamesakes; number++)
        {
            var id = Numbered(proposal, number);
            if (await session.FindAsync(_kind, id) is { } held)
            {
                yield return held;
            }
            else if (!await session.WasHeldAsync(_kind, id))
            {
                yield break;
            }
        }
    }

    /// <summary>
    /// A record without an id is the existing or deleted record with the same name and the same content, otherwise a new one,
    /// so that sending it twice creates one record.
    /// </summary>
    private protected sealed override async Task<Upserted> UpsertUnnamedAsync(WriteSession session, TDocument document)
    {
        var proposal = ProposedFor(document);
        string? deleted = null;
        for (var number = 1; number < MostNamesakes; number++)
        {
            var id = Numbered(proposal, number);
            if (await session.FindAsync(_kind, id) is { } held)
            {
                if (await SaysAsync(session, await MakeAsync(session, new Slug(id), document), held))
                {
                    return new(held, UpsertResult.Unchanged);
                }
            }
            else if (await session.FindLastAsync(_kind, id) is not { } last)
            {
                return new(await CreateAsync(session, deleted ?? id, document), UpsertResult.Created);
            }
            else if (deleted is null && await IsAgainAsync(session, id, document, last))
            {
                deleted = id;
            }
        }

        throw Unnameable();
    }

    /// <summary>The id made from the names in a document, or null when they have no usable letters.</summary>
    private protected abstract string? ProposeId(TDocument document);

    private protected sealed override Task<T> MakeAsync(WriteSession session, string id, TDocument document, T? held) =>
        MakeAsync(session, document.IdAt(id), document);

    private protected sealed override Task<T> ReadAsync(WriteSession session, string record)
    {
        var document = System.Text.Json.JsonSerializer.Deserialize<TDocument>(record, RegistryJson.Options)!;
        return MakeAsync(session, new Slug(document.Id!), document);
    }

    /// <summary>The aggregate that the document describes.</summary>
    private protected abstract Task<T> MakeAsync(WriteSession session, Slug id, TDocument document);

    /// <summary>Records with the same name get a numeric suffix; the id of a deleted record is never reused.</summary>
    private async Task<string> FreeIdAsync(WriteSession session, TDocument document)
    {
        var proposal = ProposedFor(document);

        // After a few, an exponential search and then a binary search: some thirty look-ups among ten thousand records.
        var (given, free) = (0, 1);
        for (; await IsGivenAsync(free); (given, free) = (free, free < Few ? free + 1 : 2 * free))
        {
            if (free > MostNumber / 2)
            {
                throw Unnameable();
            }
        }

        while (free - given > 1)
        {
            var middle = given + ((free - given) / 2);
            (given, free) = await IsGivenAsync(middle) ? (middle, free) : (given, middle);
        }

        return Numbered(proposal, free);

        async Task<bool> IsGivenAsync(int number)
        {
            var id = Numbered(proposal, number);
            return await session.FindAsync(_kind, id) is not null || await session.WasHeldAsync(_kind, id);
        }
    }

    /// <summary>True when the document equals the last version of a deleted record, and its id does not redirect.</summary>
    private async Task<bool> IsAgainAsync(WriteSession session, string id, TDocument document, StoredRecord last) =>
        await session.MergedIntoAsync(_kind, id) is null
        && await SaysAsync(session, await MakeAsync(session, new Slug(id), document), last);

    private string ProposedFor(TDocument document) => ProposeId(document) ?? throw Unnameable();

    private static string Numbered(string proposal, int number) =>
        number == 1 ? proposal : Slug.Numbered(proposal, number);

    private static IllegalValueException Unnameable() =>
        new("id", "It cannot be made from the names, so it has to be given.");
}
