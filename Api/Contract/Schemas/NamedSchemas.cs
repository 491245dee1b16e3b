using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Registry.Api.Http;
using Registry.Api.Http.Problems;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Registry.Api.Contract.Schemas;

/// <summary>
/// Names the schemas of bodies, and thereby the types of generated clients: a record in a response (<c>Forum</c>), in a
/// request (<c>ForumInput</c>), as a patch (<c>ForumPatch</c>) and as a page (<c>ForumPage</c>).
/// </summary>
internal static class NamedSchemas
{
    private const string Suffix = "Model";

    /// <summary>The suffix in the contract where the name without it is taken.</summary>
    private const string SuffixShown = "Document";

    /// <summary>The enum types, which have the same name in the code.</summary>
    private static readonly HashSet<string> Words =
    [
        .. new[] { typeof(NamedSchemas).Assembly, typeof(RegistryJson).Assembly, typeof(Domain.PartialDate).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => Infrastructure.Records.Models.Words.IsList(type))
            .Select(type => type.Name),
    ];

    /// <summary>
    /// The name of a type in the contract: the name in the code, without the suffix Model unless the rest is the
    /// name of an enum or of a member of the type itself (a C# member cannot have the name of its type).
    /// </summary>
    public static string NameOf(Type type) =>
        StemOf(type) is var stem && (Words.Contains(stem) || type.GetProperty(stem) is not null)
            ? (type.Name == stem ? stem : stem + SuffixShown)
            : stem;

    /// <summary>The name of an enum of choices of a list; lists that inherit the choice share it.</summary>
    /// <param name="request">The type of the list request.</param>
    /// <param name="property">The property that lists the choices.</param>
    /// <param name="what">The suffix of the name.</param>
    public static string NameOfChoice(Type request, string property, string what) =>
        request.GetProperty(property, BindingFlags.Instance | BindingFlags.NonPublic)!.GetMethod!.DeclaringType!.Name
        + what;

    /// <summary>The name of the enum of members that can be expanded.</summary>
    public static string NameOfExpansion(Type item) => $"{StemOf(item)}Expansion";

    /// <summary>An enum that is not a type of the code.</summary>
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

    /// <summary>The schema of a request body: without read-only members.</summary>
    public static IOpenApiSchema InputOf(this OperationFilterContext context, Type type)
    {
        if (
            NameOf(type) == StemOf(type)
            && !MembersOf(type).Any(member => IsReadOnly(member) || Has<AlwaysAttribute>(member))
        )
        {
            // The type is the same in requests and responses.
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
    /// The schema of a merge patch (RFC 7396): every member is optional, and null removes an optional member of the
    /// record. Nested objects are patched as well; a list is replaced as a whole.
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
                        $"{whole.Description} As a merge patch (RFC 7396): the members that change; null removes a member.",
                    Properties = WrittenMembersOf(type)
                        .ToDictionary(
                            member => member.Name,
                            member => context.PatchedOf(member, whole.Properties![member.Name])
                        ),
                };
            }
        );

    /// <summary>The schema of a form with text fields.</summary>
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

    /// <summary>The schema of a page of a list.</summary>
    public static OpenApiSchemaReference PageOf(this OperationFilterContext context, Type item) =>
        context.Named(
            $"{StemOf(item)}Page",
            () =>
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "A page of a list, with the address of the next page.",
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
                                "The records that the items refer to, by collection and id; only with expand.",
                        },
                        ["total"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Integer,
                            Format = "int64",
                            Description = "The total number of items; only with count=true.",
                        },
                    },
                }
        );

    /// <summary>The schema of a page of a feed, which always has a next one.</summary>
    public static OpenApiSchemaReference FeedPageOf(this OperationFilterContext context, Type item) =>
        context.Named(
            $"{StemOf(item)}Page",
            () =>
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "A page of changes, with the address of the next page.",
                    Required = new HashSet<string> { "items", "next" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["items"] = context.ItemsOf(item),
                        ["next"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.String,
                            Description = "The address of the next page, which may have no changes yet.",
                        },
                    },
                }
        );

    /// <summary>Completes a schema, independently of its use.</summary>
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
                // A required member can be null: the source states that there is no value.
                value.Type |= JsonSchemaType.Null;
            }
        }

        // Same order as in the JSON.
        schema.Properties = members
            .Where(member => schema.Properties!.ContainsKey(member.Name))
            .ToDictionary(member => member.Name, member => schema.Properties![member.Name]);
        schema.Required = (schema.Required ?? new HashSet<string>())
            .Union(members.Where(member => Has<AlwaysAttribute>(member)).Select(member => member.Name))
            .ToHashSet();
        if (IsListedWithDeletions(type))
        {
            schema.Properties.TryAdd("id", Lone("The id of a deleted record; only in a list with deleted=true."));
            schema.Properties["deleted"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Boolean,
                Description =
                    "True for a deleted record in a list with deleted=true; it has only id, version and recordedAt besides.",
            };
        }
    }

    private static OpenApiSchema Lone(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };

    private static bool IsListedWithDeletions(Type type) => RecordKinds.All.Any(kind => kind.Model == type);

    private static OpenApiSchema ItemsOf(this OperationFilterContext context, Type item) =>
        new()
        {
            Type = JsonSchemaType.Array,
            Items = context.SchemaGenerator.GenerateSchema(item, context.SchemaRepository),
            Description = "The items, in the requested order.",
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
        type.Name.EndsWith(Suffix, StringComparison.Ordinal) ? type.Name[..^Suffix.Length] : type.Name;

    private static IList<JsonPropertyInfo> MembersOf(Type type) => RegistryJson.Options.GetTypeInfo(type).Properties;

    private static JsonPropertyInfo[] WrittenMembersOf(Type type) =>
        [.. MembersOf(type).Where(member => !IsReadOnly(member))];

    private static bool IsReadOnly(JsonPropertyInfo member) => Annotations.IsReadOnly(member.AttributeProvider!);

    private static bool IsRequired(JsonPropertyInfo member) => Has<RequiredAttribute>(member);

    private static bool Has<T>(JsonPropertyInfo member) =>
        member.AttributeProvider!.GetCustomAttributes(typeof(T), true).Length > 0;

    private static Type? WordOf(JsonPropertyInfo member) =>
        member.AttributeProvider!.GetCustomAttributes(typeof(WordOfAttribute), true) is [WordOfAttribute word]
            ? word.List
            : null;

    private static bool IsWord(Type type) =>
        Infrastructure.Records.Models.Words.IsList(Nullable.GetUnderlyingType(type) ?? type);
}
