using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Ministers;

/// <summary>Loads and saves whole ministers inside a transaction of the <see cref="Ledger"/>.</summary>
public sealed class MinisterStore() : SlugStore<Minister, MinisterModel>(Kind)
{
    /// <summary>The kind of the records.</summary>
    public static readonly RecordKind Kind = new(
        "ministers",
        "minister",
        typeof(MinisterModel),
        MinisterTables.Ministers,
        MinisterTables.Identifiers
    )
    {
        IsNamed = true,
        Identifiers = MinisterTables.Identifiers,
    };

    private protected override string? ProposeId(MinisterModel model)
    {
        var name = model.Names!.FirstOrDefault(name => name.Language == "en") ?? model.Names![0];
        return name is { Given: { } given, Family: { } family } ? Slug.From($"{given} {family}") : Slug.From(name.Text);
    }

    private protected override Task<Minister> MakeAsync(WriteSession session, Slug id, MinisterModel model) =>
        Task.FromResult(model.ToMinister(id));

    private protected override string IdOf(Minister aggregate) => aggregate.Id.Value;

    private protected override async Task RefuseBrokenRulesAsync(WriteSession session, Minister aggregate)
    {
        var (id, life) = (aggregate.Id.Value, aggregate.Facts.Life);
        if (session.IsNew(Kind, id))
        {
            return;
        }

        await session.ReadAheadAsync(
            new ReadAhead(MinisterSql.OutsideLife, LifeParameters.Of(id, life)),
            new ReadAhead(AppointmentSql.OfMinister, new { Id = id })
        );
        var outliving = await session.QueryAsync<string>(MinisterSql.OutsideLife, LifeParameters.Of(id, life));
        LifeParameters.Refuse(outliving, id, life);

        // Without a death, or with a later one, the next appointment to a post may begin too early.
        await AppointmentStore.RefuseRivalsAsync(session, aggregate.Id, life);
    }

    private protected override RecordRows Rows(Minister aggregate, int version, DateTimeOffset recordedAt) =>
        new(
            new MinisterRow
            {
                Id = aggregate.Id.Value,
                Name = aggregate.Name,
                SortName = SortName.Of(aggregate.SortName),
                Period = aggregate.Facts.Life,
                Version = version,
                RecordedFrom = recordedAt,
                Record = JsonSerializer.Serialize(
                    MinisterModel.Of(aggregate, version, recordedAt),
                    RegistryJson.Options
                ),
            },
            aggregate.Facts.Identifiers.Select(
                (identifier, position) =>
                    new IdentifierRow
                    {
                        MinisterId = aggregate.Id.Value,
                        Position = position,
                        Scheme = identifier.Scheme,
                        Value = identifier.Value,
                    }
            )
        );

    private sealed record MinisterRow : PeriodRow
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
        public string SortName { get; init; } = "";
    }

    private sealed record IdentifierRow : RecordRow
    {
        public string MinisterId { get; init; } = "";
        public int Position { get; init; }
        public string Scheme { get; init; } = "";
        public string Value { get; init; } = "";
    }
}
