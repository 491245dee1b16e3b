using Registry.Api.Http;
using Registry.Api.Routing;
using Registry.Infrastructure.Changes;

namespace Registry.Api.Features.Changes;

/// <summary>Maps the change log and the export.</summary>
internal static class ChangeRoutes
{
    public static IServiceCollection AddChangeFeed(this IServiceCollection services)
    {
        services.AddOptions<ChangeSettings>().BindConfiguration(ChangeSettings.Section);
        return services.AddSingleton<ChangeFeed>().AddSingleton<StreamSlots>();
    }

    public static void MapChanges(this IEndpointRouteBuilder v1)
    {
        var changes = v1.MapGroup("").WithTags("Changes");
        changes.MapFeed<ListChanges, ChangeEntry, ChangePage>(
            "/changes",
            OperationKind.Feed,
            (request, page) =>
                request.Answered == ResponseFormat.Atom
                    ? new ChangeFeedAnswer(request, page)
                    : new ChangePageAnswer(page)
        );
        changes.MapStream<StreamChanges, ChangeEntry, ChangeEvents>(
            "/changes/stream",
            ResponseFormat.EventStream,
            stream => new ChangeStreamAnswer(stream)
        );
        changes.MapStream<ExportRegistry, ChangeEntry, RegistryExport>(
            "/export",
            ResponseFormat.NdJson,
            export => new ExportAnswer(export)
        );
    }

    /// <summary>The address of a record, deleted or not.</summary>
    public static string AddressOf(string collection, string id) => RecordResources.Of(collection).AddressOf(id);
}
