"""Makes losses.csv and optimizer/optimizers.csv, which ClassificationLossTest and OptimizerTest expect, by PyTorch."""
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
LABELS = torch.tensor([0, 0, 0, 1])
SMOOTHING = 0.1
WEIGHTS = torch.tensor([0.5, 3.0])


def smoothed(smoothing):
    return F.one_hot(LABELS, 2) * (1 - smoothing) + smoothing / 2


def loss(kind, end, scores, smoothing, weights):
    """Each of four images has the same two scores."""
    x = scores.expand(4, 2)
    t = smoothed(smoothing)
    softmax = end == "Softmax"
    p = x.softmax(1) if softmax else x.sigmoid()
    if kind == "CROSS_ENTROPY":
        per = (F.cross_entropy(x, t, reduction="none") if softmax
               else F.binary_cross_entropy_with_logits(x, t, reduction="none").sum(1))
    elif kind == "FOCAL":
        # Of hard labels on sigmoids as torchvision.ops.sigmoid_focal_loss with gamma 2 and no alpha.
        per = (-(t * (1 - p) ** 2 * x.log_softmax(1)) if softmax
               else -(t * (1 - p) ** 2 * F.logsigmoid(x) + (1 - t) * p ** 2 * F.logsigmoid(-x))).sum(1)
    elif kind == "KULLBACK_LEIBLER":
        per = F.kl_div(x.log_softmax(1) if softmax else F.logsigmoid(x), t, reduction="none")
        if not softmax:
            per = per + F.kl_div(F.logsigmoid(-x), 1 - t, reduction="none")
        per = per.sum(1)
    elif kind == "MEAN_SQUARED_ERROR":
        per = F.mse_loss(p, t, reduction="none").mean(1)
    elif kind == "MEAN_ABSOLUTE_ERROR":
        per = F.l1_loss(p, t, reduction="none").mean(1)
    else:
        per = (1 - (2 * t - 1) * x).clamp(min=0).mean(1)
    return (per * weights[LABELS]).sum() / 4


def losses(out):
    print("kind,independent,before,afterOne,afterTen,validationAfterOne", file=out)
    for kind in ("CROSS_ENTROPY", "FOCAL", "KULLBACK_LEIBLER", "MEAN_SQUARED_ERROR",
                 "MEAN_ABSOLUTE_ERROR", "HINGE"):
        for end in ("Softmax", "Sigmoid"):
            scores = torch.tensor([0.3, -0.8], requires_grad=True)
            line = []
            optimizer = torch.optim.SGD([scores], lr=0.1)
            for step in range(11):
                optimizer.zero_grad()
                now = loss(kind, end, scores, SMOOTHING, WEIGHTS)
                if step in (0, 1, 10):
                    line.append(now.item())
                now.backward()
                optimizer.step()
                if step == 0:
                    plain = loss(kind, end, scores, 0, torch.ones(2)).item()
            print(kind, end == "Sigmoid", *("%.9f" % value for value in line + [plain]), sep=",", file=out)


def optimizers(out):
    """Weights of a bowl, from (1, -2), after one and ten steps; rate 0.1, decay 0.1."""
    bowl = torch.tensor([[2, 0.5], [0.5, 1]])
    middle = torch.tensor([1.0, -1])
    print("name,firstAfterOne,secondAfterOne,firstAfterTen,secondAfterTen", file=out)
    for name, make in (
            ("sgd", lambda w: torch.optim.SGD(w, 0.1, momentum=0.9, weight_decay=0.1)),
            ("nesterov", lambda w: torch.optim.SGD(w, 0.1, momentum=0.9, weight_decay=0.1, nesterov=True)),
            ("rmsprop", lambda w: torch.optim.RMSprop(w, 0.1, alpha=0.9, eps=1e-7, weight_decay=0.1)),
            ("rmsprop-momentum", lambda w: torch.optim.RMSprop(
                w, 0.1, alpha=0.9, eps=1e-7, weight_decay=0.1, momentum=0.8)),
            ("adam", lambda w: torch.optim.Adam(w, 0.1, weight_decay=0.1)),
            ("adamw", lambda w: torch.optim.AdamW(w, 0.1, weight_decay=0.1))):
        weight = torch.tensor([1.0, -2], requires_grad=True)
        optimizer = make([weight])
        line = []
        for step in range(10):
            optimizer.zero_grad()
            weight.grad = (bowl @ weight - middle).detach()
            optimizer.step()
            if step in (0, 9):
                line += weight.tolist()
        print(name, *("%.9f" % value for value in line), sep=",", file=out)


with open("losses.csv", "w") as table:
    losses(table)
with open("optimizer/optimizers.csv", "w") as table:
    optimizers(table)
