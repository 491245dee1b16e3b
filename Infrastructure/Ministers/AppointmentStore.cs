using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Ministers;

/// <summary>Loads and saves whole appointments inside a transaction of the <see cref="Ledger"/>.</summary>
public sealed class AppointmentStore() : SlugStore<Appointment, AppointmentModel>(Kind)
{
    /// <summary>The kind of the records.</summary>
    public static readonly RecordKind Kind = new(
        "appointments",
        "appointment",
        typeof(AppointmentModel),
        MinisterTables.Appointments
    )
    {
        Parents = AppointmentSql.Parents,
    };

    /// <summary>Appoints a minister to a post.</summary>
    /// <exception cref="NotFoundException">The minister does not exist.</exception>
    /// <exception cref="GoneException">The minister was deleted.</exception>
    /// <exception cref="IllegalValueException">The document has another minister.</exception>
    /// <exception cref="RuleBrokenException">The post has a holder, or another rule is broken.</exception>
    public async Task<StoredRecord> AppointAsync(WriteSession session, string minister, AppointmentModel model)
    {
        await session.GetAsync(MinisterStore.Kind, minister);
        if (model.Minister is not null && model.Minister != minister)
        {
            throw new IllegalValueException("minister", $"It is the one in the address, {minister}.");
        }

        return await CreateAsync(session, model with { Minister = minister });
    }

    /// <summary>Ends an appointment.</summary>
    /// <exception cref="NotFoundException">The appointment does not exist.</exception>
    /// <exception cref="StaleVersionException">The caller gave a version, and the current one is another.</exception>
    /// <exception cref="RuleBrokenException">It has ended already, or would end before it starts.</exception>
    public async Task<StoredRecord> EndAsync(
        WriteSession session,
        string id,
        ExpectedVersion expected,
        AppointmentEndingModel ending
    )
    {
        var loaded = await GetAsync(session, id);
        expected.CheckIfSaid(Kind.Noun, id, loaded.Version);
        ending.ApplyTo(loaded.Aggregate);
        return await SaveAsync(session, loaded);
    }

    /// <summary>Validates all appointments to a post for a single holder or several holders.</summary>
    /// <exception cref="RuleBrokenException">Two full holders, or the same holder twice, on a certain date.</exception>
    internal static async Task RefuseRivalsAsync(WriteSession session, string post, bool singleHolder)
    {
        var tenures = new List<Tenure>();
        foreach (var (id, tenure) in await OfPostAsync(session, post, except: ""))
        {
            OnFile(id, tenure).RefuseRivals(tenures, singleHolder);
            tenures.Add(tenure);
        }
    }

    /// <summary>Validates the appointments of a minister against a new life of the minister.</summary>
    /// <exception cref="RuleBrokenException">A post would have two full holders on a certain date.</exception>
    internal static async Task RefuseRivalsAsync(WriteSession session, Slug minister, Period life)
    {
        foreach (var record in await session.QueryAsync<string>(AppointmentSql.OfMinister, new { Id = minister.Value }))
        {
            var model = JsonSerializer.Deserialize<AppointmentModel>(record, RegistryJson.Options)!;
            var others = (await OfPostAsync(session, model.Post!, model.Id!))
                .Select(other => other.Tenure)
                .Select(other => other.Appointment.Minister == minister ? other with { Life = life } : other);
            OnFile(model.Id!, new Tenure(model.ToFacts(), life))
                .RefuseRivals(others, await HasSingleHolderAsync(session, model.Post!));
        }
    }

    /// <summary>The appointments to a post, except one.</summary>
    private static async Task<IReadOnlyList<(string Id, Tenure Tenure)>> OfPostAsync(
        WriteSession session,
        string post,
        string except
    )
    {
        var tenures = new List<(string Id, Tenure Tenure)>();
        foreach (
            var record in await session.QueryAsync<string>(AppointmentSql.OfPost, new { Post = post, Except = except })
        )
        {
            var model = JsonSerializer.Deserialize<AppointmentModel>(record, RegistryJson.Options)!;
            var facts = model.ToFacts();
            var life = await session.LifeAsync(new Subject(SubjectKind.Minister, facts.Minister.Value));
            tenures.Add((model.Id!, new Tenure(facts, life)));
        }

        return tenures;
    }

    private static async Task<bool> HasSingleHolderAsync(WriteSession session, string post) =>
        References.Read<PostModel>(await session.RequireAsync(PostStore.Kind, post)).SingleHolder ?? true;

    /// <summary>
    /// Converts the row of an appointment, which was validated against both lives when it was written.
    /// </summary>
    private static Appointment OnFile(string id, Tenure tenure) =>
        new(new Slug(id), tenure.Appointment, new AppointmentLives(Period.Always, tenure.Life));

    private protected override string? ProposeId(AppointmentModel model) =>
        Slug.From([.. model.Post!.Split('.'), model.Minister]);

    private protected override async Task<Appointment> MakeAsync(WriteSession session, Slug id, AppointmentModel model)
    {
        var facts = model.ToFacts();
        var post = References.Read<PostModel>(await session.RequireAsync(PostStore.Kind, facts.Post.Value));
        var minister = await session.LifeAsync(new Subject(SubjectKind.Minister, facts.Minister.Value));
        return new Appointment(id, facts, new AppointmentLives(post.Life, minister));
    }

    private protected override string IdOf(Appointment aggregate) => aggregate.Id.Value;

    private protected override async Task RefuseBrokenRulesAsync(WriteSession session, Appointment aggregate)
    {
        var post = aggregate.Facts.Post.Value;
        var singleHolder = await HasSingleHolderAsync(session, post);
        var others = await OfPostAsync(session, post, aggregate.Id.Value);
        aggregate.RefuseRivals(others.Select(other => other.Tenure), singleHolder);
    }

    private protected override RecordRows Rows(Appointment aggregate, int version, DateTimeOffset recordedAt)
    {
        var facts = aggregate.Facts;
        return new(
            new AppointmentRow
            {
                Id = aggregate.Id.Value,
                PostId = facts.Post.Value,
                MinisterId = facts.Minister.Value,
                Acting = facts.Acting ? 1 : 0,
                FromText = facts.Held.From!.ToString(),
                UntilText = facts.Held.Until?.ToString(),
                Period = facts.Held,
                Version = version,
                RecordedFrom = recordedAt,
                Record = JsonSerializer.Serialize(
                    AppointmentModel.Of(aggregate, version, recordedAt),
                    RegistryJson.Options
                ),
            }
        );
    }

    private sealed record AppointmentRow : PeriodRow
    {
        public string Id { get; init; } = "";
        public string PostId { get; init; } = "";
        public string MinisterId { get; init; } = "";
        public int Acting { get; init; }
        public string FromText { get; init; } = "";
        public string? UntilText { get; init; }
    }
}
