using System.Reflection;

namespace Galley.Http;

/// <summary>What let a request in, for answers that take longer than a key may live: nothing more is told once it has ended.</summary>
internal sealed class Admission(Func<CancellationToken, ValueTask<Problem?>> refuse) : IBindableFromHttpContext<Admission>
{
    private static readonly object Place = new();

    /// <summary>What stands against the request now; null while it may go on.</summary>
    public ValueTask<Problem?> RefuseAsync(CancellationToken cancel) => refuse(cancel);

    public void Enter(HttpContext context) => context.Items[Place] = this;

    public static ValueTask<Admission?> BindAsync(HttpContext context, ParameterInfo parameter) => new((Admission?)context.Items[Place]);
}
