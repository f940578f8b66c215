using System.Reflection;
using Galley.Content;
using Microsoft.AspNetCore.Http.Metadata;

namespace Galley.Http;

/// <summary>An answer that is a problem document. Its subclasses declare their status, so that a handler's signature is its contract.</summary>
internal abstract class ProblemResult(Problem problem) : IResult
{
    public const string MediaType = "application/problem+json";

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, problem);

    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = MediaType;
        Conventions.SetFreshness(context, problem.Status);
        foreach (var (name, value) in problem.Headers ?? new Dictionary<string, string>())
            response.Headers[name] = value;

        var document = ContentJson.Write(problem with { Instance = problem.Instance ?? Worlds.InstanceOf(context), TraceId = context.TraceIdentifier });
        response.ContentLength = document.Length;
        await response.Body.WriteAsync(document, context.RequestAborted);
    }

    public static void Declare(EndpointBuilder endpoint, int status) =>
        endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(Problem), [MediaType]));
}

/// <summary>400: the request cannot be understood.</summary>
internal sealed class BadRequestProblem(Problem problem) : ProblemResult(problem), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Declare(builder, StatusCodes.Status400BadRequest);
}

/// <summary>401: the key has ended since the request began.</summary>
internal sealed class UnauthorizedProblem(Problem problem) : ProblemResult(problem), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Declare(builder, StatusCodes.Status401Unauthorized);
}

/// <summary>403: the key lacks the scope for what the body asks.</summary>
internal sealed class ForbiddenProblem(Problem problem) : ProblemResult(problem), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Declare(builder, StatusCodes.Status403Forbidden);
}

/// <summary>404: not there, or not for this reader.</summary>
internal sealed class NotFoundProblem() : ProblemResult(Problems.NotFound()), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Declare(builder, StatusCodes.Status404NotFound);
}

/// <summary>409: what is there stands against it.</summary>
internal sealed class ConflictProblem(Problem problem) : ProblemResult(problem), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Declare(builder, StatusCodes.Status409Conflict);
}

/// <summary>A body that cannot be accepted: 400, 413, 415 or 422, as the problem says.</summary>
internal sealed class RefusedBodyProblem(Problem problem) : ProblemResult(problem), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        foreach (var status in new[] { 400, 413, 415, 422 })
            Declare(builder, status);
    }
}
