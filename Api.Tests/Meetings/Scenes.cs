using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Tests.Meetings;

/// <summary>What scenes with meetings need.</summary>
internal static class Scenes
{
    /// <summary>One text in English.</summary>
    public static object[] TextsOf(string text) => [new { language = "en", text }];

    /// <summary>A meeting with what it needs, and what is given.</summary>
    public static JsonObject Meeting(string id, object? with = null) =>
        Merged(
            new
            {
                id,
                titles = TextsOf($"Meeting {id}"),
                forum = "CICA",
                kind = "ministerial",
                starts = "2022-09-21",
                status = "held",
            },
            with
        );

    /// <summary>A document with what it needs, and what is given.</summary>
    public static JsonObject Document(string id, object? with = null) =>
        Merged(
            new
            {
                id,
                titles = TextsOf($"Document {id}"),
                kind = "statement",
                forum = "CICA",
                steps = new[] { new { status = "drafted", on = "2022-05" } },
            },
            with
        );

    /// <summary>An outcome with what it needs, and what is given.</summary>
    public static JsonObject Outcome(object? with = null) =>
        Merged(new { verb = "decided", texts = TextsOf("The ministers decided.") }, with);

    public static async Task<JsonNode> ConveneAsync(this RegistryApp app, string id, object? with = null) =>
        await (await app.PostAsync("/v1/meetings", Meeting(id, with))).CreatedAsync();

    public static async Task<JsonNode> DraftAsync(this RegistryApp app, string id, object? with = null) =>
        await (await app.PostAsync("/v1/documents", Document(id, with))).CreatedAsync();

    public static async Task<JsonNode> RecordAsync(this RegistryApp app, string meeting, object? with = null) =>
        await (await app.PostAsync($"/v1/meetings/{meeting}/outcomes", Outcome(with))).CreatedAsync();

    public static async Task IntroduceBodyAsync(
        this RegistryApp app,
        string forum,
        string code,
        string? founded = null
    ) =>
        await (
            await app.PostAsync(
                $"/v1/forums/{forum}/bodies",
                new
                {
                    code,
                    names = RegistryApp.NamesOf($"Body {code}"),
                    kind = "council",
                    founded,
                }
            )
        ).CreatedAsync();

    public static Task IntroduceMinisterAsync(this RegistryApp app, string id, string name, string? died = null) =>
        app.WriteAsync<MinisterStore>(
            (session, store) =>
                store.CreateAsync(
                    session,
                    new MinisterModel
                    {
                        Id = id,
                        Names = [new PersonNameModel { Language = "en", Text = name }],
                        Died = died is null ? null : PartialDate.Parse(died),
                    }
                )
        );

    /// <returns>The id of the post.</returns>
    public static Task<string> IntroducePostAsync(
        this RegistryApp app,
        string state,
        PostKind kind = PostKind.ForeignMinister,
        string title = "Minister of Foreign Affairs",
        string? accreditedTo = null,
        bool? singleHolder = null
    ) =>
        app.WriteAsync<PostStore>(
            (session, store) =>
                store.CreateAsync(
                    session,
                    new PostModel
                    {
                        Kind = kind,
                        Of = new SubjectModel { Kind = SubjectKind.State, Code = state },
                        AccreditedTo = accreditedTo,
                        SingleHolder = singleHolder,
                        Titles = [new TitleModel { Language = "en", Text = title }],
                    }
                )
        );

    public static Task FillPostAsync(
        this RegistryApp app,
        string minister,
        string post,
        string from,
        string? until = null,
        bool ended = false,
        bool acting = false,
        TitleModel[]? titles = null
    ) =>
        app.WriteAsync<AppointmentStore>(
            (session, store) =>
                store.CreateAsync(
                    session,
                    new AppointmentModel
                    {
                        Minister = minister,
                        Post = post,
                        From = PartialDate.Parse(from),
                        Until = until is null ? null : PartialDate.Parse(until),
                        Ended = ended ? true : null,
                        Acting = acting,
                        Titles = titles,
                    }
                )
        );

    /// <summary>Puts a minister of foreign affairs in place.</summary>
    public static async Task EstablishForeignMinisterAsync(
        this RegistryApp app,
        string state,
        string minister,
        string name,
        string from,
        string? until = null
    )
    {
        await app.IntroduceMinisterAsync(minister, name);
        await app.IntroducePostAsync(state);
        await app.FillPostAsync(minister, $"{state.ToLowerInvariant()}.foreign-minister", from, until);
    }

    private static async Task<string> WriteAsync<TStore>(
        this RegistryApp app,
        Func<WriteSession, TStore, Task<StoredRecord>> write
    )
        where TStore : notnull
    {
        using var scope = app.Services.CreateScope();
        var store = scope.ServiceProvider.GetRequiredService<TStore>();
        var ledger = scope.ServiceProvider.GetRequiredService<Ledger>();
        return (await ledger.WriteAsync(session => write(session, store), CancellationToken.None)).Id;
    }

    private static JsonObject Merged(object least, object? with)
    {
        var merged = ToNode(least);
        foreach (var (name, value) in with is null ? [] : ToNode(with))
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }

    private static JsonObject ToNode(object value) =>
        System.Text.Json.JsonSerializer.SerializeToNode(value, System.Text.Json.JsonSerializerOptions.Web)!.AsObject();
}
