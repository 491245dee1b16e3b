using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Ministers;

/// <summary>Loads and saves whole posts inside a transaction of the <see cref="Ledger"/>.</summary>
public sealed class PostStore() : SlugStore<Post, PostModel>(Kind)
{
    /// <summary>The kind of the records.</summary>
    public static readonly RecordKind Kind = new("posts", "post", typeof(PostModel), MinisterTables.Posts)
    {
        IsNamed = true,
        Parents = PostSql.Parents,
    };

    private protected override string? ProposeId(PostModel model) =>
        Slug.From([
            .. model.Of!.Code!.Split('/'),
            model.Kind is PostKind.Minister or PostKind.Ambassador or PostKind.SpecialEnvoy or PostKind.Other
                ? model.Titles![0].Text
                : Words.Of(model.Kind!.Value),
            model.AccreditedTo,
        ]);

    private protected override async Task<Post> MakeAsync(WriteSession session, Slug id, PostModel model)
    {
        var facts = model.ToFacts();
        return new Post(id, facts, await session.LifeAsync(facts.Of));
    }

    private protected override string IdOf(Post aggregate) => aggregate.Id.Value;

    private protected override async Task RefuseBrokenRulesAsync(WriteSession session, Post aggregate)
    {
        var (id, facts) = (aggregate.Id.Value, aggregate.Facts);
        if (facts.AccreditedTo is { } forum)
        {
            await session.RequireAsync(forum.SubjectOf());
        }

        if (session.IsNew(Kind, id))
        {
            return;
        }

        var outliving = await session.QueryAsync<string>(PostSql.OutsideLife, LifeParameters.Of(id, facts.Life));
        LifeParameters.Refuse(outliving, id, facts.Life);

        // A post for several holders may have become one for a single holder.
        await AppointmentStore.RefuseRivalsAsync(session, id, facts.SingleHolder);
    }

    private protected override RecordRows Rows(Post aggregate, int version, DateTimeOffset recordedAt)
    {
        var of = aggregate.Facts.Of;
        return new(
            new PostRow
            {
                Id = aggregate.Id.Value,
                Kind = Words.Of(aggregate.Facts.Kind),
                StateCode = of.Kind == SubjectKind.State ? of.Id : null,
                ForumCode = of.Kind == SubjectKind.Body ? BodyId.Parse(of.Id).Forum.Value : null,
                BodyId = of.Kind == SubjectKind.Body ? of.Id : null,
                AccreditedTo = aggregate.Facts.AccreditedTo?.Value,
                SingleHolder = aggregate.Facts.SingleHolder ? 1 : 0,
                Name = aggregate.Name,
                SortName = SortName.Of(aggregate.Name),
                Period = aggregate.Facts.Life,
                Version = version,
                RecordedFrom = recordedAt,
                Record = JsonSerializer.Serialize(PostModel.From(aggregate, version, recordedAt), RegistryJson.Options),
            }
        );
    }

    private sealed record PostRow : PeriodRow
    {
        public string Id { get; init; } = "";
        public string Kind { get; init; } = "";
        public string? StateCode { get; init; }
        public string? ForumCode { get; init; }
        public string? BodyId { get; init; }
        public string? AccreditedTo { get; init; }
        public int SingleHolder { get; init; }
        public string Name { get; init; } = "";
        public string SortName { get; init; } = "";
    }
}
