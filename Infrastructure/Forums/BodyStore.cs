using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Forums;

/// <summary>Loads and saves whole bodies inside a transaction of the <see cref="Ledger"/>.</summary>
public sealed class BodyStore() : RecordStore<Body, BodyModel>(Kind)
{
    /// <summary>The kind of the records.</summary>
    public static readonly RecordKind Kind = new("bodies", "body", typeof(BodyModel), ForumTables.Bodies)
    {
        IsNamed = true,
        Ids = IdForm.CodeInForum,
        Parents = ForumSql.ParentsOfBodies,
    };

    /// <summary>Gets the id of a body in the collection of all bodies: <c>CICA/secretariat</c>.</summary>
    public static string IdOf(string forum, string code) => $"{forum}/{code}";

    /// <exception cref="NotFoundException">The forum does not exist.</exception>
    /// <exception cref="GoneException">The forum was deleted.</exception>
    private protected override async Task<Body> MakeAsync(WriteSession session, string id, BodyModel model, Body? held)
    {
        var (forum, code) = id.Split('/') is [var left, var right] ? (left, right) : ("", id);
        var stored = await session.GetAsync(ForumStore.Kind, forum);
        var life = JsonSerializer.Deserialize<ForumModel>(stored.Record, RegistryJson.Options)!.Life;
        return model.ToAggregate(new ForumCode(forum), code, life);
    }

    private protected override string IdOf(Body aggregate) => IdOf(aggregate.Forum.Value, aggregate.Code.Value);

    private protected override Task<Body> ReadAsync(WriteSession session, string record)
    {
        var model = JsonSerializer.Deserialize<BodyModel>(record, RegistryJson.Options)!;
        return MakeAsync(session, IdOf(model.Forum!, model.Code!), model, null);
    }

    private protected override async Task RefuseBrokenRulesAsync(WriteSession session, Body aggregate)
    {
        await SeatRules.RefuseUnknownCountryAsync(session, aggregate.Facts.Seat);
        var (id, life) = (IdOf(aggregate), aggregate.Facts.Life);
        if (!session.IsNew(Kind, id))
        {
            var outliving = await session.QueryAsync<string>(ForumSql.OutsideLifeOfBody, LifeParameters.Of(id, life));
            LifeParameters.Refuse(outliving, id, life);
        }

        if (aggregate.Facts.Parent is not { } parent)
        {
            return;
        }

        var forum = aggregate.Forum.Value;
        if (await session.FindAsync(Kind, IdOf(forum, parent.Value)) is null)
        {
            throw new RuleBrokenException(
                "unknown-reference",
                $"The parent does not exist: {forum} has no body '{parent}'."
            );
        }

        var rows = await session.QueryAsync<ParentRow>(ForumSql.BodyParents, new { Forum = forum });
        var parents = rows.ToDictionary(row => row.Code, row => row.ParentCode, StringComparer.Ordinal);
        for (var above = parent.Value; above is not null; above = parents.GetValueOrDefault(above))
        {
            if (above == aggregate.Code.Value)
            {
                throw new RuleBrokenException("body-circle", $"The body '{above}' would be its own ancestor.");
            }
        }
    }

    private protected override RecordRows Rows(Body aggregate, int version, DateTimeOffset recordedAt) =>
        new(
            new BodyRow
            {
                Id = IdOf(aggregate),
                ForumCode = aggregate.Forum.Value,
                Code = aggregate.Code.Value,
                ParentId = aggregate.Facts.Parent is { } parent ? IdOf(aggregate.Forum.Value, parent.Value) : null,
                Kind = Words.Of(aggregate.Facts.Kind),
                Name = aggregate.Name,
                SortName = SortName.Of(aggregate.Name),
                SeatCountry = aggregate.Facts.Seat?.Country?.Value,
                Period = aggregate.Facts.Life,
                Version = version,
                RecordedFrom = recordedAt,
                Record = JsonSerializer.Serialize(BodyModel.Of(aggregate, version, recordedAt), RegistryJson.Options),
            }
        );

    private sealed record BodyRow : PeriodRow
    {
        public string Id { get; init; } = "";
        public string ForumCode { get; init; } = "";
        public string Code { get; init; } = "";
        public string? ParentId { get; init; }
        public string Kind { get; init; } = "";
        public string Name { get; init; } = "";
        public string SortName { get; init; } = "";
        public string? SeatCountry { get; init; }
    }

    private sealed record ParentRow
    {
        public string Code { get; init; } = "";
        public string ParentCode { get; init; } = "";
    }
}
