using System.Reflection;
using MediatR;
using Registry.Api.Access;
using Registry.Api.Http;
using Registry.Api.Http.Bodies;
using Registry.Api.Http.Requests;
using Registry.Api.Routing;
using Registry.Domain.Access;
using Registry.Infrastructure.Importing;

namespace Registry.Api.Features.Importing;

/// <summary>Maps the operations on imports. Reads need a key too, because a file may contain data that is not public yet.</summary>
internal static class ImportRoutes
{
    private static readonly string[] PostMethod = [HttpMethods.Post];

    /// <summary>
    /// A placeholder method: the API explorer needs one for each route, and the shape describes the operation.
    /// </summary>
    private static readonly MethodInfo Described = ((Delegate)ReceiveAsync).Method;

    public static void MapImports(this IEndpointRouteBuilder v1)
    {
        var imports = v1.MapGroup("/imports").WithTags("Imports").RequireRole(Role.Editor);
        imports.MapList<ListImports, ImportModel>("");
        imports
            .MapMethods("", PostMethod, ReceiveAsync)
            .WithMetadata(
                new OperationShape(typeof(StartImport), typeof(ImportModel), OperationKind.Act),
                new UploadShape(StartImport.MediaTypes),
                Described
            );
        imports.MapAnswer<GetImport, ImportModel>("/{id}");
        imports.MapDelete<CancelImport>("/{id}");
        imports.MapList<ListImportRows, ImportRowModel>("/{id}/rows");
    }

    private static async Task ReceiveAsync(HttpContext context)
    {
        MediaTypes.RequireJsonAccepted(context.Request);
        Reasons.Note(context);
        var services = context.RequestServices;
        var maxBytes = services.GetRequiredService<ImportDesk>().MaxBytes;
        var file = Upload.Of(context, StartImport.MediaTypes, maxBytes);
        if (await Idempotency.KeyOfAsync(context) is { } key)
        {
            // The fingerprint for the Idempotency-Key covers the file, which is buffered while it is hashed.
            file = file with
            {
                Body = ContentCodings.Open(context, maxBytes),
            };
            await Idempotency.ServeAsync<StartImport, StartedImport>(
                context,
                key,
                ReadAsync,
                (_, started) => new ImportAnswer(started)
            );
            return;
        }

        var request = await ReadAsync(context);
        var started = await services.GetRequiredService<IMediator>().Send(request, context.RequestAborted);
        await new ImportAnswer(started).ExecuteAsync(context);

        Task<StartImport> ReadAsync(HttpContext from) =>
            RequestReader.ReadAsync<StartImport>(from, import => import.File = file);
    }
}
