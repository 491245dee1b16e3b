using Registry.Domain;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Records;

/// <summary>The store of a collection.</summary>
public abstract class RecordStore
{
    private protected RecordStore(RecordKind kind) => RecordKind = kind;

    /// <summary>The description of the collection.</summary>
    public RecordKind RecordKind { get; }

    /// <summary>Writes the record as the correction makes it from the current one.</summary>
    /// <exception cref="RegistryException">As for stores of a known kind.</exception>
    public abstract Task<StoredRecord> CorrectAsync(
        WriteSession session,
        string id,
        ExpectedVersion expected,
        Func<string, RecordModel> correction
    );

    /// <summary>Creates or replaces a record, or leaves it when it is the same as the model already.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="id">The id of the record; null to make one, for records that have slugs.</param>
    /// <param name="model">The whole record.</param>
    /// <exception cref="RegistryException">As for stores of a known kind.</exception>
    internal abstract Task<Upserted> UpsertAsync(WriteSession session, string? id, RecordModel model);

    /// <summary>The rows of a record as they would be written for it, made from its JSON.</summary>
    /// <exception cref="RegistryException">The JSON is not that of a record.</exception>
    /// <exception cref="System.Text.Json.JsonException">It is no JSON.</exception>
    internal abstract Task<RecordRows> RowsOfAsync(WriteSession session, StoredRecord stored);

    /// <summary>The existing records with the name of a model that has no id.</summary>
    internal virtual async IAsyncEnumerable<StoredRecord> NamesakesAsync(WriteSession session, RecordModel model)
    {
        await Task.CompletedTask;
        yield break;
    }
}

/// <summary>Loads and saves whole aggregates inside a transaction of the <see cref="Ledger"/>.</summary>
/// <typeparam name="T">The aggregate.</typeparam>
/// <typeparam name="TModel">The aggregate as a client writes it.</typeparam>
public abstract class RecordStore<T, TModel> : RecordStore<TModel>
    where T : class
    where TModel : RecordModel
{
    private readonly RecordKind _kind;

    private protected RecordStore(RecordKind kind)
        : base(kind) => _kind = kind;

    /// <summary>The current aggregate.</summary>
    /// <exception cref="NotFoundException">The id was never used.</exception>
    /// <exception cref="GoneException">The record was deleted.</exception>
    public async Task<Loaded<T>> GetAsync(WriteSession session, string id)
    {
        await session.ReadAheadAsync(_kind, id);
        var stored = await session.GetAsync(_kind, id);
        return await LoadAsync(session, stored);
    }

    /// <summary>Creates a record; a deleted one is created again, as its next version.</summary>
    /// <exception cref="RuleBrokenException">
    /// The id is in use or redirects to another record, or a rule between records is broken.
    /// </exception>
    public Task<StoredRecord> AddAsync(WriteSession session, T aggregate) =>
        AddAsync(session, aggregate, isAbsent: false);

    /// <param name="session">The transaction.</param>
    /// <param name="aggregate">The record.</param>
    /// <param name="isAbsent">True when the caller has just checked that there is no such record.</param>
    private async Task<StoredRecord> AddAsync(WriteSession session, T aggregate, bool isAbsent)
    {
        await session.NeverExistedAsync(_kind, IdOf(aggregate), isAbsent);
        await RefuseBrokenRulesAsync(session, aggregate);
        var stored = await session.CreateAsync(_kind, IdOf(aggregate), (v, at) => Rows(aggregate, v, at), isAbsent);
        await AfterAsync(session, aggregate, []);
        return stored;
    }

    /// <summary>Creates a record from its document; a deleted one is created again, as its next version.</summary>
    /// <exception cref="IllegalValueException">A value is out of bounds.</exception>
    /// <exception cref="RuleBrokenException">The id is in use or redirects to another record, or a rule is broken.</exception>
    public async Task<StoredRecord> CreateAsync(WriteSession session, string id, TModel model) =>
        await AddAsync(session, await MakeAsync(session, id, model, null));

    /// <inheritdoc/>
    public override Task<StoredRecord> CreateAsync(WriteSession session, TModel model) =>
        CreateAsync(session, IdIn(model), model);

    /// <inheritdoc/>
    public sealed override async Task<StoredRecord> RestoreAsync(WriteSession session, string id)
    {
        if (await session.FindAsync(_kind, id) is not null)
        {
            throw new RuleBrokenException("not-deleted", $"The {_kind.Noun} '{id}' is not deleted.");
        }

        var last = await session.FindLastAsync(_kind, id) ?? throw new NotFoundException(_kind.Noun, id);
        T aggregate;
        try
        {
            aggregate = await RereadAsync(session, last.Record);
        }
        catch (RegistryException gone) when (gone is NotFoundException or GoneException)
        {
            // The record under which its address is was deleted after it.
            throw new RuleBrokenException("unknown-reference", gone.Message);
        }

        return await AddAsync(session, aggregate, isAbsent: true);
    }

    /// <inheritdoc/>
    public sealed override async Task<Written> ReplaceAsync(
        WriteSession session,
        string id,
        ExpectedVersion expected,
        TModel model
    )
    {
        if (await session.FindAsync(_kind, id) is not { } stored)
        {
            if (await session.MergedIntoAsync(_kind, id) is not null)
            {
                throw new GoneException(_kind.Noun, id);
            }

            expected.CheckAbsent(_kind.Noun, id);
            return new(await CreateAsync(session, id, model), Created: true);
        }

        var loaded = await LoadAsync(session, stored);
        expected.CheckPresent(_kind.Noun, id);
        expected.Check(_kind.Noun, id, loaded.Version);
        return new(await SaveAsync(session, await RemakeAsync(session, id, model, loaded)), Created: false);
    }

    /// <inheritdoc/>
    internal sealed override async Task<Upserted> UpsertAsync(WriteSession session, string? id, RecordModel model)
    {
        var described = (TModel)model;
        if (id is null)
        {
            return await UpsertUnnamedAsync(session, described);
        }

        if (await session.FindAsync(_kind, id) is not { } held)
        {
            var created = await MakeAsync(session, id, described, null);
            return new(await AddAsync(session, created, isAbsent: IdOf(created) == id), UpsertResult.Created);
        }

        var made = await MakeAsync(session, id, described, await ReadAsync(session, held.Record));
        var saved = await SaveAsync(session, new(made, held));
        return saved.Unchanged
            ? new(saved, UpsertResult.Unchanged)
            : new(saved, UpsertResult.Changed, Former: held.Record);
    }

    /// <inheritdoc/>
    internal sealed override async Task<RecordRows> RowsOfAsync(WriteSession session, StoredRecord stored) =>
        Rows(await ReadAsync(session, stored.Record), stored.Version, stored.RecordedFrom);

    /// <summary>Creates or finds the record of a model without an id.</summary>
    private protected virtual Task<Upserted> UpsertUnnamedAsync(WriteSession session, TModel model) =>
        throw new IllegalValueException("id", "It is required.");

    /// <summary>True when the aggregate would be written exactly as the current record is.</summary>
    private protected async Task<bool> EqualsAsync(WriteSession session, T aggregate, StoredRecord held)
    {
        var rows = Rows(aggregate, held.Version, held.RecordedFrom);
        return await session.CompleteAsync(rows.Main.Record) == held.Record;
    }

    /// <inheritdoc/>
    public sealed override async Task<StoredRecord> CorrectAsync(
        WriteSession session,
        string id,
        ExpectedVersion expected,
        Func<string, TModel> correction
    )
    {
        var loaded = await GetAsync(session, id, expected);
        return await SaveAsync(session, await RemakeAsync(session, id, correction(loaded.Record), loaded));
    }

    /// <summary>The current aggregate, when its version is the one that the caller expects.</summary>
    /// <exception cref="NotFoundException">The id was never used.</exception>
    /// <exception cref="GoneException">The record was deleted.</exception>
    /// <exception cref="VersionUnsaidException">The caller names no version.</exception>
    /// <exception cref="StaleVersionException">Another version is current.</exception>
    public async Task<Loaded<T>> GetAsync(WriteSession session, string id, ExpectedVersion expected)
    {
        var loaded = await GetAsync(session, id);
        expected.Check(_kind.Noun, id, loaded.Version);
        return loaded;
    }

    /// <summary>Writes a changed record and archives its former version. When nothing changed, nothing is written.</summary>
    /// <exception cref="StaleVersionException">Another version is current by now.</exception>
    /// <exception cref="RuleBrokenException">A rule between records is broken.</exception>
    public async Task<StoredRecord> SaveAsync(WriteSession session, Loaded<T> loaded)
    {
        var (aggregate, held) = loaded;
        if (await EqualsAsync(session, aggregate, held))
        {
            return held with { Unchanged = true };
        }

        await RefuseBrokenRulesAsync(session, aggregate);
        var linked = await LinkedAsync(session, IdOf(aggregate));
        var stored = await session.ReplaceAsync(
            _kind,
            IdOf(aggregate),
            held.Version,
            (v, at) => Rows(aggregate, v, at)
        );
        await AfterAsync(session, aggregate, linked);
        return stored;
    }

    /// <summary>Deletes a record: its versions stay in the history, and it can be restored.</summary>
    /// <exception cref="StaleVersionException">Another version is current by now.</exception>
    /// <exception cref="RuleBrokenException">Other records refer to it.</exception>
    public async Task DeleteAsync(WriteSession session, Loaded<T> loaded)
    {
        var id = IdOf(loaded.Aggregate);
        var users = await UsersOfAsync(session, id);
        if (users.Count > 0)
        {
            var more = users.Count > 5 ? $" and {users.Count - 5} more" : "";
            throw new RuleBrokenException(
                "still-in-use",
                $"Other records refer to the {_kind.Noun} '{id}': {string.Join(", ", users.Take(5))}{more}."
            );
        }

        var linked = await LinkedAsync(session, id);
        await session.DeleteAsync(_kind, id, loaded.Version);
        await AfterAsync(session, default, linked);
    }

    /// <inheritdoc/>
    public sealed override async Task DeleteAsync(WriteSession session, string id, ExpectedVersion expected) =>
        await DeleteAsync(session, await GetAsync(session, id, expected));

    /// <summary>The records that refer to this one, including claims on it: <c>appointments/kaz.foreign-minister.x</c>.</summary>
    internal async Task<IReadOnlyList<string>> UsersOfAsync(WriteSession session, string id)
    {
        var statement = RecordKinds.UsersOf(_kind);
        ReadAhead[] own = statement is null ? [] : [new(statement, new { Id = id })];
        await session.ReadAheadAsync([.. own, .. session.UserQueriesOf(_kind, id)]);
        return
        [
            .. statement is null ? [] : await session.QueryAsync<string>(statement, new { Id = id }),
            .. await session.DerivedUsersAsync(_kind, id),
        ];
    }

    /// <summary>Writes another record of the collection again, because a derived member of it has changed.</summary>
    private protected Task RewriteAsync(WriteSession session, Loaded<T> loaded) =>
        session.ReplaceAsync(_kind, IdOf(loaded.Aggregate), loaded.Version, (v, at) => Rows(loaded.Aggregate, v, at));

    private async Task<Loaded<T>> RemakeAsync(WriteSession session, string id, TModel model, Loaded<T> held) =>
        held with
        {
            Aggregate = await MakeAsync(session, id, model, held.Aggregate),
        };

    private async Task<Loaded<T>> LoadAsync(WriteSession session, StoredRecord stored) =>
        new(await ReadAsync(session, stored.Record), stored);

    /// <summary>The aggregate that the model describes, with the derived members of the current one.</summary>
    private protected abstract Task<T> MakeAsync(WriteSession session, string id, TModel model, T? held);

    private protected abstract string IdOf(T aggregate);

    /// <summary>The id that a new record has in its document.</summary>
    /// <exception cref="NotSupportedException">The document has none: such a record is created under another one.</exception>
    private protected virtual string IdIn(TModel model) =>
        throw new NotSupportedException($"A {_kind.Noun} is created under another record.");

    private protected abstract Task<T> ReadAsync(WriteSession session, string record);

    /// <summary>The aggregate of a deleted record that is to be restored.</summary>
    private protected virtual Task<T> RereadAsync(WriteSession session, string record) => ReadAsync(session, record);

    private protected abstract RecordRows Rows(T aggregate, int version, DateTimeOffset recordedAt);

    /// <summary>Checks the rules that read other records. Nothing refers to a record that is new in the session.</summary>
    private protected abstract Task RefuseBrokenRulesAsync(WriteSession session, T aggregate);

    /// <summary>The records that have members derived from this one.</summary>
    private protected virtual Task<IReadOnlyList<string>> LinkedAsync(WriteSession session, string id) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Updates the members that other records derive from this one, now and before.</summary>
    private protected virtual Task AfterAsync(WriteSession session, T? aggregate, IReadOnlyList<string> linkedBefore) =>
        Task.CompletedTask;
}
