using Microsoft.AspNetCore.Authorization;
using Registry.Api.Access;
using Registry.Api.Http.Bodies;
using Registry.Api.Http.Lists;
using Registry.Api.Routing;
using Registry.Infrastructure.Records;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Registry.Api.Contract.Operations;

/// <summary>The properties of an operation that several parts of its description depend on.</summary>
internal static class OperationTraits
{
    extension(OperationShape shape)
    {
        /// <summary>True when the response has an ETag: records, and results that only a write can change.</summary>
        public bool IsTagged =>
            shape.Kind == OperationKind.Get
            || (
                shape.Kind != OperationKind.Ask
                && shape.Request.IsAssignableTo(typeof(Question))
                && !shape.Request.IsAssignableTo(typeof(PresentListQuery))
            );

        /// <summary>True when the request names the expected version of a record.</summary>
        public bool NamesVersion =>
            shape.Request.GetProperties().Any(property => property.PropertyType == typeof(ExpectedVersion));
    }

    extension(OperationFilterContext context)
    {
        /// <summary>The request and response of the operation.</summary>
        public OperationShape Shape =>
            context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<OperationShape>().Single();

        /// <summary>The media types of the files that the operation receives, or null when it receives none.</summary>
        public UploadShape? Upload =>
            context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<UploadShape>().SingleOrDefault();

        /// <summary>True when the operation is on records with a history, which keeps the reason of a change.</summary>
        public bool IsOfRecords =>
            context.ApiDescription.RelativePath!.Split('/') is not [_, "subscriptions" or "keys", ..];

        /// <summary>When the operation redirects from other ids of a record; null when it does not.</summary>
        public string? Redirects =>
            RecordResources
                .All.FirstOrDefault(resource =>
                    resource.Redirects is not null
                    && $"{context.ApiDescription.RelativePath}/".StartsWith(
                        $"v1{resource.Path}/",
                        StringComparison.Ordinal
                    )
                )
                ?.Redirects;

        /// <summary>True when the operation takes a key or token, and does without.</summary>
        public bool AllowsAnonymous =>
            context
                .ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>()
                .Any(policy => policy.Policy == AccessServices.Anyone);

        /// <summary>True when the operation takes a key or token.</summary>
        public bool NeedsKey =>
            context.Shape.Kind.IsWrite()
            || context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any();
    }
}
