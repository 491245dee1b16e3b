using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Records.Documents;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Registry.Api.Contract;

/// <summary>
/// The schemas of bodies, each under a name of its own, so that the types of a generated client are called by it: a
/// record as it is answered (<c>Forum</c>), as it is sent (<c>ForumInput</c>), what corrects it (<c>ForumPatch</c>) and a
/// page of it (<c>ForumPage</c>).
/// </summary>
internal static class NamedSchemas
{
    private const string Suffix = "Document";

    /// <summary>The words of closed lists, which are called as they are in the code.</summary>
    private static readonly HashSet<string> Words =
    [
        .. new[] { typeof(NamedSchemas).Assembly, typeof(RegistryJson).Assembly, typeof(Domain.PartialDate).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsEnum)
            .Select(type => type.Name),
    ];

    /// <summary>
    /// What a type is called in the contract: as in the code, without Document where that leaves a name that no list of
    /// words has, nor a member of the type itself (C# has no member that is called like its type).
    /// </summary>
    public static string NameOf(Type type) =>
        StemOf(type) is var stem && (Words.Contains(stem) || type.GetProperty(stem) is not null) ? type.Name : stem;

    /// <summary>What a choice of a list is called; lists that have it from one question share it.</summary>
    /// <param name="request">The list.</param>
    /// <param name="property">The property that says what there is to choose from.</param>
    /// <param name="what">What is chosen.</param>
    public static string NameOfChoice(Type request, string property, string what) =>
        request.GetProperty(property, BindingFlags.Instance | BindingFlags.NonPublic)!.GetMethod!.DeclaringType!.Name
        + what;

    /// <summary>What the members of an item are called that name other records.</summary>
    public static string NameOfExpansion(Type item) => $"{StemOf(item)}Expansion";

    /// <summary>A closed list of words that no type of the code stands for.</summary>
    public static OpenApiSchemaReference WordsOf(
        this OperationFilterContext context,
        string name,
        string description,
        IEnumerable<string> words
    ) =>
        context.Named(
            name,
            () =>
                new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Description = description,
                    Enum = [.. words.Select(word => JsonValue.Create(word)!)],
                }
        );

    /// <summary>The body as it is sent: without what the registry keeps itself.</summary>
    public static IOpenApiSchema InputOf(this OperationFilterContext context, Type type)
    {
        if (
            NameOf(type) == StemOf(type)
            && !MembersOf(type).Any(member => IsKept(member) || Has<AlwaysAttribute>(member))
        )
        {
            // It is sent as it comes.
            return context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository);
        }

        return context.Named(
            $"{StemOf(type)}Input",
            () =>
            {
                var whole = context.WholeOf(type);
                var members = WrittenMembersOf(type);
                return new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = whole.Description,
                    Required = members.Where(IsRequired).Select(member => member.Name).ToHashSet(),
                    Properties = members.ToDictionary(member => member.Name, member => whole.Properties![member.Name]),
                };
            }
        );
    }

    /// <summary>
    /// A merge patch (RFC 7396): every member may be left out, and null removes one that a record can be without. The
    /// members of an object within it are patched as well; a list is replaced whole.
    /// </summary>
    public static OpenApiSchemaReference PatchOf(this OperationFilterContext context, Type type) =>
        context.Named(
            $"{StemOf(type)}Patch",
            () =>
            {
                var whole = context.WholeOf(type);
                return new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description =
                        $"{whole.Description} As a merge patch (RFC 7396): the members that change; null removes one.",
                    Properties = WrittenMembersOf(type)
                        .ToDictionary(
                            member => member.Name,
                            member => context.PatchedOf(member, whole.Properties![member.Name])
                        ),
                };
            }
        );

    /// <summary>A form with fields of text.</summary>
    public static OpenApiSchemaReference FormOf(
        this OperationFilterContext context,
        string name,
        IReadOnlyList<(string Name, string? Description)> fields,
        string? description
    ) =>
        context.Named(
            name,
            () =>
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = description,
                    Properties = fields.ToDictionary(
                        field => field.Name,
                        field =>
                            (IOpenApiSchema)
                                new OpenApiSchema { Type = JsonSchemaType.String, Description = field.Description }
                    ),
                }
        );

    /// <summary>A page of a list.</summary>
    public static OpenApiSchemaReference PageOf(this OperationFilterContext context, Type item) =>
        context.Named(
            $"{StemOf(item)}Page",
            () =>
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "A page of a list, and where the next one is.",
                    Required = new HashSet<string> { "items" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["items"] = context.ItemsOf(item),
                        ["next"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.String,
                            Description = "The address of the next page; absent on the last one.",
                        },
                        ["included"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            AdditionalProperties = new OpenApiSchema
                            {
                                Type = JsonSchemaType.Object,
                                AdditionalProperties = new OpenApiSchema(),
                            },
                            Description =
                                "The records that the items name, by collection and id, where that was asked (expand).",
                        },
                        ["total"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Integer,
                            Format = "int64",
                            Description = "How many items there are in all, if that was asked (count=true).",
                        },
                    },
                }
        );

    /// <summary>A page of what goes on, and so always has a next one.</summary>
    public static OpenApiSchemaReference FeedPageOf(this OperationFilterContext context, Type item) =>
        context.Named(
            $"{StemOf(item)}Page",
            () =>
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "A page of what happened, and where what follows is.",
                    Required = new HashSet<string> { "items", "next" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["items"] = context.ItemsOf(item),
                        ["next"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.String,
                            Description = "The address of what follows, there already or not.",
                        },
                    },
                }
        );

    /// <summary>What is true of a schema itself, whatever it is used for.</summary>
    public static void Describe(
        OpenApiSchema schema,
        Type type,
        ISchemaGenerator generator,
        SchemaRepository repository
    )
    {
        var members = MembersOf(type);
        foreach (var member in members)
        {
            var plain = schema.Properties!.TryGetValue(member.Name, out var found) ? found : null;
            if (plain is not null && WordOf(member) is { } words)
            {
                var reference = (OpenApiSchemaReference)generator.GenerateSchema(words, repository);
                reference.Description = plain.Description;
                schema.Properties[member.Name] = reference;
            }
            else if (plain is OpenApiSchema value && member.PropertyType == typeof(ClaimedValue))
            {
                // Required and null are not at odds: a source says that there is none.
                value.Type |= JsonSchemaType.Null;
            }
        }

        // In the order of the JSON.
        schema.Properties = members
            .Where(member => schema.Properties!.ContainsKey(member.Name))
            .ToDictionary(member => member.Name, member => schema.Properties![member.Name]);
        schema.Required = (schema.Required ?? new HashSet<string>())
            .Union(members.Where(member => Has<AlwaysAttribute>(member)).Select(member => member.Name))
            .ToHashSet();
        if (IsListedWithDeletions(type))
        {
            schema.Properties.TryAdd("id", Lone("The id of a record that was deleted, in a list with deleted=true."));
            schema.Properties["deleted"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Boolean,
                Description =
                    "True in a list with deleted=true for what is off file: id, version and recordedAt are all there is.",
            };
        }
    }

    private static OpenApiSchema Lone(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };

    private static bool IsListedWithDeletions(Type type) =>
        type.IsAssignableTo(typeof(RecordDocument))
        && type != typeof(Infrastructure.Subscriptions.SubscriptionDocument);

    private static OpenApiSchema ItemsOf(this OperationFilterContext context, Type item) =>
        new()
        {
            Type = JsonSchemaType.Array,
            Items = context.SchemaGenerator.GenerateSchema(item, context.SchemaRepository),
            Description = "The items, in the order asked for.",
        };

    private static IOpenApiSchema PatchedOf(
        this OperationFilterContext context,
        JsonPropertyInfo member,
        IOpenApiSchema whole
    )
    {
        var patched = whole;
        if (whole is OpenApiSchemaReference && !IsWord(member.PropertyType))
        {
            var nested = context.PatchOf(member.PropertyType);
            nested.Description = whole.Description;
            patched = nested;
        }

        return IsRequired(member) || patched is OpenApiSchema { Type: null } ? patched
            : patched is OpenApiSchema { Type: { } type } plain ? OrNull(plain, type)
            : new OpenApiSchema
            {
                Description = whole.Description,
                OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, patched],
            };
    }

    private static OpenApiSchema OrNull(OpenApiSchema plain, JsonSchemaType type)
    {
        var copy = (OpenApiSchema)plain.CreateShallowCopy();
        copy.Type = type | JsonSchemaType.Null;
        return copy;
    }

    private static OpenApiSchema WholeOf(this OperationFilterContext context, Type type)
    {
        context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository);
        return (OpenApiSchema)context.SchemaRepository.Schemas[NameOf(type)];
    }

    private static OpenApiSchemaReference Named(
        this OperationFilterContext context,
        string name,
        Func<OpenApiSchema> schema
    )
    {
        if (!context.SchemaRepository.Schemas.ContainsKey(name))
        {
            context.SchemaRepository.AddDefinition(name, schema());
        }

        return new OpenApiSchemaReference(name, context.Document);
    }

    private static string StemOf(Type type) =>
        type == typeof(Infrastructure.Meetings.OfficialDocument) ? Suffix
        : type.Name.EndsWith(Suffix, StringComparison.Ordinal) ? type.Name[..^Suffix.Length]
        : type.Name;

    private static IList<JsonPropertyInfo> MembersOf(Type type) => RegistryJson.Options.GetTypeInfo(type).Properties;

    private static JsonPropertyInfo[] WrittenMembersOf(Type type) =>
        [.. MembersOf(type).Where(member => !IsKept(member))];

    private static bool IsKept(JsonPropertyInfo member) => Annotations.IsKept(member.AttributeProvider!);

    private static bool IsRequired(JsonPropertyInfo member) => Has<RequiredAttribute>(member);

    private static bool Has<T>(JsonPropertyInfo member) =>
        member.AttributeProvider!.GetCustomAttributes(typeof(T), true).Length > 0;

    private static Type? WordOf(JsonPropertyInfo member) =>
        member.AttributeProvider!.GetCustomAttributes(typeof(WordOfAttribute), true) is [WordOfAttribute word]
            ? word.List
            : null;

    private static bool IsWord(Type type) => (Nullable.GetUnderlyingType(type) ?? type).IsEnum;
}
