using Registry.Domain;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Records;

/// <summary>The store of records with slugs as ids, given by the client or made from the names.</summary>
public abstract class SlugStore<T, TModel> : RecordStore<T, TModel>
    where T : class
    where TModel : SlugModel
{
    /// <summary>The maximum number of records with the same name that are compared with a record without an id.</summary>
    private const int MaxNamesakes = 10_000;

    /// <summary>The number up to which suffixes are tried one by one.</summary>
    private const int Few = 10;

    /// <summary>The largest suffix of an id.</summary>
    private const int MaxSuffix = 1_000_000_000;

    private readonly RecordKind _kind;

    private protected SlugStore(RecordKind kind)
        : base(kind) => _kind = kind;

    /// <inheritdoc/>
    public sealed override async Task<StoredRecord> CreateAsync(WriteSession session, TModel model) =>
        await CreateAsync(session, model.Id ?? await FreeIdAsync(session, model), model);

    /// <inheritdoc/>
    internal sealed override async IAsyncEnumerable<StoredRecord> NamesakesAsync(
        WriteSession session,
        RecordModel model
    )
    {
        var proposal = ProposedFor((TModel)model);
        for (var number = 1; number < MaxNamesakes; number++)
        {
            var id = Numbered(proposal, number);
            if (await session.FindAsync(_kind, id) is { } held)
            {
                yield return held;
            }
            else if (!await session.ExistedAsync(_kind, id))
            {
                yield break;
            }
        }
    }

    /// <summary>
    /// A record without an id is the existing or deleted record with the same name and the same content, otherwise a new one,
    /// so that sending it twice creates one record.
    /// </summary>
    private protected sealed override async Task<Upserted> UpsertUnnamedAsync(WriteSession session, TModel model)
    {
        var proposal = ProposedFor(model);
        string? deleted = null;
        for (var number = 1; number < MaxNamesakes; number++)
        {
            var id = Numbered(proposal, number);
            if (await session.FindAsync(_kind, id) is { } held)
            {
                if (await EqualsAsync(session, await MakeAsync(session, new Slug(id), model), held))
                {
                    return new(held, UpsertResult.Unchanged);
                }
            }
            else if (await session.FindLastAsync(_kind, id) is not { } last)
            {
                return new(await CreateAsync(session, deleted ?? id, model), UpsertResult.Created);
            }
            else if (deleted is null && await IsAgainAsync(session, id, model, last))
            {
                deleted = id;
            }
        }

        throw Unnameable();
    }

    /// <summary>The id made from the names in a model, or null when they have no usable letters.</summary>
    private protected abstract string? ProposeId(TModel model);

    private protected sealed override Task<T> MakeAsync(WriteSession session, string id, TModel model, T? held) =>
        MakeAsync(session, model.IdAt(id), model);

    private protected sealed override Task<T> ReadAsync(WriteSession session, string record)
    {
        var model = System.Text.Json.JsonSerializer.Deserialize<TModel>(record, RegistryJson.Options)!;
        return MakeAsync(session, new Slug(model.Id!), model);
    }

    /// <summary>The aggregate that the model describes.</summary>
    private protected abstract Task<T> MakeAsync(WriteSession session, Slug id, TModel model);

    /// <summary>Records with the same name get a numeric suffix; the id of a deleted record is never reused.</summary>
    private async Task<string> FreeIdAsync(WriteSession session, TModel model)
    {
        var proposal = ProposedFor(model);

        // After a few, an exponential search and then a binary search: some thirty look-ups among ten thousand records.
        var (given, free) = (0, 1);
        for (; await IsGivenAsync(free); (given, free) = (free, free < Few ? free + 1 : 2 * free))
        {
            if (free > MaxSuffix / 2)
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

        async Task<bool> IsGivenAsync(int number) =>
            !await session.NeverExistedAsync(_kind, Numbered(proposal, number));
    }

    /// <summary>True when the model equals the last version of a deleted record, and its id does not redirect.</summary>
    private async Task<bool> IsAgainAsync(WriteSession session, string id, TModel model, StoredRecord last) =>
        await session.MergedIntoAsync(_kind, id) is null
        && await EqualsAsync(session, await MakeAsync(session, new Slug(id), model), last);

    private string ProposedFor(TModel model) => ProposeId(model) ?? throw Unnameable();

    private static string Numbered(string proposal, int number) =>
        number == 1 ? proposal : Slug.Numbered(proposal, number);

    private static IllegalValueException Unnameable() =>
        new("id", "It cannot be made from the names, so it has to be given.");
}
